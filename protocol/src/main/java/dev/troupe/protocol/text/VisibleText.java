package dev.troupe.protocol.text;

/**
 * Text that comes from clients, services or files, as it may be written to a log or a terminal:
 * what would move the cursor, begin a line or turn the direction of writing is written out instead.
 */
public final class VisibleText {
  private static final char TAB = '\t';
  private static final int FIRST_OF_C1 = 0x7f;
  private static final int LAST_OF_C1 = 0x9f;

  private VisibleText() {}

  /** One line: line breaks become visible too. A tab stays. */
  public static String line(String text) {
    return visible(text, false);
  }

  /** One or more lines, separated by line feeds, which stay. */
  public static String lines(String text) {
    return visible(text, true);
  }

  private static String visible(String text, boolean breaksStay) {
    int first = 0;
    while (first < text.length() && isHarmless(text.charAt(first), breaksStay)) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmless(c, breaksStay)) {
        visible.append(c);
      } else {
        visible.append(escape(c));
      }
    }
    return visible.toString();
  }

  private static boolean isHarmless(char c, boolean breaksStay) {
    if (c < ' ') {
      return c == TAB || (c == '\n' && breaksStay);
    }
    if (c < FIRST_OF_C1) {
      return true;
    }
    return c > LAST_OF_C1 && !isLineSeparator(c) && !turnsDirection(c);
  }

  private static boolean isLineSeparator(char c) {
    return c == '\u2028' || c == '\u2029';
  }

  // Bidirectional controls can make a line read as another one.
  private static boolean turnsDirection(char c) {
    return c == '\u200e'
        || c == '\u200f'
        || c == '\u061c'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default -> c <= LAST_OF_C1 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c);
    };
  }
}
