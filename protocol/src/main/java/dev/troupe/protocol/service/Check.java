package dev.troupe.protocol.service;

/** Checks for the compact constructors of input records, with messages a client can act on. */
public final class Check {
  private Check() {}

  /**
   * @param field the field's name as the client writes it
   * @param max the most characters allowed
   * @throws InvalidInputException when {@code value} is blank or longer than {@code max}
   */
  public static String text(String field, String value, int max) {
    if (value.isBlank()) {
      throw InvalidInputException.refused(
          field + " is blank (expected: 1 to " + max + " characters)");
    }
    int length = value.codePointCount(0, value.length());
    if (length > max) {
      throw InvalidInputException.refused(
          "%s has %d characters (expected: 1 to %d)".formatted(field, length, max));
    }
    // PostgreSQL cannot store this character.
    if (value.indexOf('\0') >= 0) {
      throw InvalidInputException.refused(field + " holds the character U+0000 (expected: none)");
    }
    return value;
  }

  /**
   * @throws InvalidInputException when {@code value} is outside {@code min..max}
   */
  public static long range(String field, long value, long min, long max) {
    if (value < min || value > max) {
      throw InvalidInputException.refused(
          "%s is %d (expected: %d to %d)".formatted(field, value, min, max));
    }
    return value;
  }
}
