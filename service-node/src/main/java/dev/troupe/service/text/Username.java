package dev.troupe.service.text;

import dev.troupe.protocol.service.InvalidInputException;
import java.text.Normalizer;
import java.util.OptionalInt;

/** The one form of a name: two names that look the same to people are the same text. */
public final class Username {
  private Username() {}

  /**
   * Composed (Unicode NFC), and without spaces around it. Case stays as it is.
   *
   * @throws InvalidInputException when it holds a character that cannot be seen
   */
  public static String of(String text) {
    OptionalInt invisible = invisibleIn(text);
    if (invisible.isPresent()) {
      throw InvalidInputException.refused(
          "username",
          "character",
          "username holds the character U+%04X, which cannot be seen (expected: visible characters and plain spaces)"
              .formatted(invisible.getAsInt()));
    }
    return normalized(text);
  }

  /** The form that a stored name should have, whatever it holds. */
  public static String normalized(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
  }

  /** The first character that nobody can see, or tell from a space. */
  public static OptionalInt invisibleIn(String text) {
    return text.strip()
        .codePoints()
        .filter(
            point ->
                !VisibleCharacters.isVisible(point)
                    || (Character.getType(point) == Character.SPACE_SEPARATOR && point != ' '))
        .findFirst();
  }
}
