package dev.troupe.protocol.service;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that a regular expression may look at so many times and no more. Patterns like {@code
 * (a+)+b} take twice as long for each further character: 40 of them would hold a thread for hours.
 */
final class BoundedText implements CharSequence {
  private static final int LOOKS = 1_000_000;
  private static final int LOOKS_PER_CHARACTER = 20;

  private final String text;
  private long looksLeft;

  private BoundedText(String text) {
    this.text = text;
    this.looksLeft = LOOKS + (long) LOOKS_PER_CHARACTER * text.length();
  }

  /** Whether {@code pattern} matches all of {@code text}, as far as this can be told soon. */
  static boolean matches(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(new BoundedText(text));
    try {
      return matcher.matches();
    } catch (TooManyLooksException e) {
      return false;
    } catch (StackOverflowError e) {
      // An alternative inside of a repetition takes a frame for each character.
      return false;
    }
  }

  @Override
  public char charAt(int index) {
    if (--looksLeft < 0) {
      throw new TooManyLooksException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  private static final class TooManyLooksException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooksException() {
      super("a pattern takes too many steps", null, false, false);
    }
  }
}
