package dev.troupe.service.text;

/** Makes characters visible that a log or a terminal would act on instead of showing them. */
public final class VisibleCharacters {
  private VisibleCharacters() {}

  /** Text in one line, whose control and format characters are written like {@code \\u001b}. */
  public static String of(String text) {
    if (isVisible(text)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (isVisible(point)) {
                visible.appendCodePoint(point);
              } else {
                visible.append("\\u").append("%04x".formatted(point));
              }
            });
    return visible.toString();
  }

  static boolean isVisible(String text) {
    return text.codePoints().allMatch(VisibleCharacters::isVisible);
  }

  // Those that Unicode calls default ignorable but that are letters or marks are named one by one.
  static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default ->
          !(point == 0x034f
              || point == 0x115f
              || point == 0x1160
              || point == 0x17b4
              || point == 0x17b5
              || (point >= 0x180b && point <= 0x180f)
              || point == 0x2800
              || point == 0x3164
              || (point >= 0xfe00 && point <= 0xfe0f)
              || point == 0xffa0
              || (point >= 0xe0000 && point <= 0xe0fff));
    };
  }
}
