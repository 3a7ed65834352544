package dev.troupe.protocol.logs;

/** A regular expression takes too many steps for a line; the message says what to do. */
public final class ExpensiveExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExpensiveExpressionException(String expression) {
    super(
        ("the regular expression '%s' takes too many steps for a line of the logs (expected: one"
                + " without repetitions inside of repetitions, like (a+)+; or search for a plain"
                + " text)")
            .formatted(expression));
  }
}
