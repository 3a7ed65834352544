package dev.troupe.protocol.service;

import java.util.List;

/**
 * Checks for the compact constructors of input records, with messages a client can act on. For most
 * of them there is an annotation that says the same.
 */
public final class Check {
  private Check() {}

  /**
   * @param field the field's name as the client writes it
   * @param max the most characters allowed
   * @throws InvalidInputException when {@code value} is blank or longer than {@code max}
   */
  public static String text(String field, String value, int max) {
    new Constraints(
            new Constraints.Demand(null),
            new Constraints.Length(1, max, null),
            null,
            null,
            null,
            null,
            List.of())
        .check(
            value,
            (code, what) -> {
              throw InvalidInputException.refused(field, code, field + " " + what);
            });
    return value;
  }

  /**
   * @throws InvalidInputException when {@code value} is outside {@code min..max}
   */
  public static long range(String field, long value, long min, long max) {
    if (value < min || value > max) {
      throw InvalidInputException.refused(
          field,
          value < min ? "min" : "max",
          "%s is %d (expected: %d to %d)".formatted(field, value, min, max));
    }
    return value;
  }
}
