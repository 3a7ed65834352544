package dev.troupe.protocol.service;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of a component, or of the elements of a list, demand of its values.
 *
 * @param notBlank if a text must have a character that is no space
 * @param length of a text in characters, or of a list in elements
 * @param least the lowest number
 * @param most the highest number
 * @param digits how many a number may have
 * @param email if a text must be an address of electronic mail
 * @param patterns all of which a text must match as a whole
 */
record Constraints(
    @Nullable Demand notBlank,
    @Nullable Length length,
    @Nullable Bound least,
    @Nullable Bound most,
    @Nullable DigitCount digits,
    @Nullable Demand email,
    List<TextPattern> patterns) {
  static final Constraints NONE = new Constraints(null, null, null, null, null, null, List.of());

  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_MAILBOX = 64;
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@\"(),:;<>\\[\\\\\\]\\p{Cntrl}]++@[\\p{Alnum}\\P{ASCII}.-]++");

  Constraints {
    patterns = List.copyOf(patterns);
  }

  /**
   * A demand that has no limits.
   *
   * @param message what to say in place of the usual message
   */
  record Demand(@Nullable String message) {}

  /**
   * @param max {@link Integer#MAX_VALUE} when there is no limit
   * @param message what to say in place of the usual message
   */
  record Length(int min, int max, @Nullable String message) {
    String expected(String what) {
      if (max == Integer.MAX_VALUE) {
        return "at least " + min + what;
      }
      return min == max ? min + what : min + " to " + max + what;
    }
  }

  /**
   * @param inclusive whether the value itself is allowed
   * @param code of the fault when a number is beyond it
   * @param message what to say in place of the usual message
   */
  record Bound(BigDecimal value, boolean inclusive, String code, @Nullable String message) {}

  /**
   * @param integer the most digits before the point
   * @param fraction the most digits after it; zeros at the end do not count
   * @param message what to say in place of the usual message
   */
  record DigitCount(int integer, int fraction, @Nullable String message) {
    boolean holds(BigDecimal number) {
      BigDecimal shortest = number.stripTrailingZeros();
      return shortest.precision() - shortest.scale() <= integer && shortest.scale() <= fraction;
    }

    String expected() {
      return "up to %d digits before and %d after the point".formatted(integer, fraction);
    }
  }

  /**
   * @param message what to say in place of the usual message
   */
  record TextPattern(Pattern pattern, @Nullable String message) {
    boolean matches(String text) {
      return BoundedText.matches(pattern, text);
    }
  }

  /** Takes the name of the constraint that a value breaks, and what is wrong, like "is blank". */
  @FunctionalInterface
  interface Broken {
    void by(String code, String what);
  }

  void check(String text, Broken broken) {
    if (notBlank != null && text.isBlank()) {
      String what = "is blank (expected: " + filled() + ")";
      broken.by("not_blank", said(notBlank.message(), what));
      return;
    }
    int characters = text.codePointCount(0, text.length());
    if (length != null && (characters < length.min() || characters > length.max())) {
      broken.by("size", said(length.message(), sized(characters, " characters", "")));
      return;
    }
    // PostgreSQL cannot store this character.
    if (text.indexOf('\0') >= 0) {
      broken.by("character", "holds the character U+0000 (expected: none)");
      return;
    }
    for (TextPattern wanted : patterns) {
      if (!wanted.matches(text)) {
        String expected = "does not match (expected: %s)".formatted(wanted.pattern().pattern());
        broken.by("pattern", said(wanted.message(), expected));
      }
    }
    if (email != null && !isAddress(text)) {
      String what = "is not an address (expected: one like name@example.org)";
      broken.by("email", said(email.message(), what));
    }
  }

  /**
   * @return whether the number of elements is accepted; if not, that is a fault now
   */
  boolean accept(int elements, InputPath path, InputFaults faults) {
    if (length == null || (elements >= length.min() && elements <= length.max())) {
      return true;
    }
    String what = said(length.message(), sized(elements, " elements", " elements"));
    faults.refused(path, "size", what);
    return false;
  }

  boolean hasBounds() {
    return least != null || most != null || digits != null;
  }

  /**
   * @param lowest that the type of the number can hold; null for one without limits
   */
  void check(
      BigDecimal number,
      String shown,
      @Nullable Long lowest,
      @Nullable Long highest,
      Broken broken) {
    Bound beyond = null;
    if (least != null && number.compareTo(least.value()) < (least.inclusive() ? 0 : 1)) {
      beyond = least;
    } else if (most != null && number.compareTo(most.value()) > (most.inclusive() ? 0 : -1)) {
      beyond = most;
    }
    if (beyond != null) {
      String what = "is %s (expected: %s)".formatted(shown, range(lowest, highest));
      broken.by(beyond.code(), said(beyond.message(), what));
    } else if (digits != null && !digits.holds(number)) {
      String what = "is %s (expected: %s)".formatted(shown, digits.expected());
      broken.by("digits", said(digits.message(), what));
    }
  }

  private String filled() {
    return length == null || length.max() == Integer.MAX_VALUE
        ? "a character that is no space"
        : atLeastOne(length).expected(" characters");
  }

  private static Length atLeastOne(Length length) {
    return new Length(Math.max(1, length.min()), length.max(), length.message());
  }

  private String sized(int size, String what, String expectedWhat) {
    Length wanted = notBlank != null ? atLeastOne(length) : length;
    String unit = size == 1 ? what.substring(0, what.length() - 1) : what;
    return "has %d%s (expected: %s)".formatted(size, unit, wanted.expected(expectedWhat));
  }

  private String range(@Nullable Long lowest, @Nullable Long highest) {
    String from = least == null ? text(lowest) : number(least);
    String to = most == null ? text(highest) : number(most);
    boolean plain = (least == null || least.inclusive()) && (most == null || most.inclusive());
    if (plain && !from.isEmpty() && !to.isEmpty()) {
      return from + " to " + to;
    }
    String above = least == null ? "" : (least.inclusive() ? "at least " : "more than ") + from;
    String below = most == null ? "" : (most.inclusive() ? "at most " : "less than ") + to;
    return above + (above.isEmpty() || below.isEmpty() ? "" : " and ") + below;
  }

  private static String text(@Nullable Long limit) {
    return limit == null ? "" : limit.toString();
  }

  private static String number(Bound bound) {
    return bound.value().toPlainString();
  }

  private static String said(@Nullable String message, String usual) {
    return message == null ? usual : message;
  }

  private static boolean isAddress(String text) {
    int at = text.lastIndexOf('@');
    return text.length() <= LONGEST_ADDRESS
        && at <= LONGEST_MAILBOX
        && ADDRESS.matcher(text).matches();
  }
}
