package dev.troupe.protocol.service;

import org.jspecify.annotations.Nullable;

/** Where a value stands in the input. Its text is made only when there is something to say. */
record InputPath(@Nullable InputPath parent, String name, int index) {
  private static final int LONGEST = 200;
  private static final int LONGEST_KEY = 40;

  static final InputPath ROOT = new InputPath(null, "", -1);

  InputPath field(String name) {
    return new InputPath(this, name, -1);
  }

  /** The value of a map, under a key that a client chose. */
  InputPath key(String key) {
    return new InputPath(this, cut(key, LONGEST_KEY), -1);
  }

  InputPath element(int index) {
    return new InputPath(this, "", index);
  }

  /** How a message calls the value. */
  String named() {
    return parent == null ? "the input" : toString();
  }

  /** The path of {@code field}, as the record at this path calls it. */
  String within(String field) {
    if (field.isEmpty()) {
      return toString();
    }
    return parent == null ? field : this + "." + field;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    write(text);
    return cut(text.toString(), LONGEST);
  }

  /** Not more than the first {@code longest} characters of {@code text}. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    // Half of a surrogate pair could not be written into the answer.
    boolean splits = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splits ? longest - 1 : longest) + "…";
  }

  private void write(StringBuilder text) {
    if (parent == null) {
      return;
    }
    parent.write(text);
    if (index >= 0) {
      text.append('[').append(index).append(']');
      return;
    }
    text.append(text.isEmpty() ? "" : ".").append(name);
  }
}
