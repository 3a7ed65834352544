package dev.troupe.protocol.logs;

import java.util.regex.Pattern;

/**
 * Looks for a match of a regular expression in a line, with a limit for the steps of the search.
 */
final class BoundedMatch {
  // A simple expression looks at each character of a line once or a few times. This many steps take
  // a tenth of a second.
  static final int MOST_STEPS = 10_000_000;
  static final int LONGEST_LINE = 64 * 1024;

  private final Pattern expression;

  BoundedMatch(Pattern expression) {
    this.expression = expression;
  }

  /**
   * Whether the beginning of {@code line}, up to {@link #LONGEST_LINE}, has a match.
   *
   * @throws ExpensiveExpressionException when the search takes too many steps
   */
  boolean isIn(String line) {
    try {
      return expression.matcher(new Counted(line)).find();
    } catch (TooManySteps | StackOverflowError endless) {
      throw new ExpensiveExpressionException(expression.pattern());
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super(null, null, false, false);
    }
  }

  // java.util.regex looks at a character in each of its steps.
  private static final class Counted implements CharSequence {
    private final String line;
    private final int length;
    private int steps;

    Counted(String line) {
      this.line = line;
      this.length = Math.min(LONGEST_LINE, line.length());
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new TooManySteps();
      }
      return line.charAt(index);
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return line.substring(start, end);
    }

    @Override
    public String toString() {
      return line.substring(0, length);
    }
  }
}
