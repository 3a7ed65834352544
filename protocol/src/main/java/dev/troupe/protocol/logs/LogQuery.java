package dev.troupe.protocol.logs;

import dev.troupe.protocol.settings.LogLevel;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of logs are searched for. What is null is not asked for.
 *
 * @param name a slot or a service
 * @param text which the line contains, in the same case
 * @param expression of which the line has a match
 * @param level lines of this level and of those after it; a line without a level has that of the
 *     event that it belongs to
 * @param since the time of the oldest line
 * @param until the time before which the newest line was written
 * @param request the id of the request that the line was written for
 */
public record LogQuery(
    @Nullable String name,
    @Nullable String text,
    @Nullable Pattern expression,
    @Nullable LogLevel level,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String request) {
  public static final LogQuery ALL = new LogQuery(null, null, null, null, null, null, null);

  private static final int LONGEST_EXPRESSION = 1000;
  // An empty group that is repeated takes steps without looking at a character, so BoundedMatch
  // cannot count them.
  private static final double MOST_REPETITIONS = 1e6;
  private static final Pattern REPETITION = Pattern.compile("\\{([0-9]*),?([0-9]*)}");

  public LogQuery of(String slotOrService) {
    return new LogQuery(slotOrService, text, expression, level, since, until, request);
  }

  public LogQuery containing(String part) {
    return new LogQuery(name, part, expression, level, since, until, request);
  }

  /**
   * @param regularExpression in the syntax of {@link Pattern}
   * @throws IllegalArgumentException when the expression cannot be used; the message says why
   */
  public LogQuery matching(String regularExpression) {
    if (regularExpression.length() > LONGEST_EXPRESSION) {
      throw new IllegalArgumentException(
          "the regular expression has %d characters (expected: at most %d)"
              .formatted(regularExpression.length(), LONGEST_EXPRESSION));
    }
    double repetitions =
        REPETITION
            .matcher(regularExpression)
            .results()
            .mapToDouble(count -> Math.max(number(count.group(1)), number(count.group(2))))
            .reduce(1, (product, count) -> product * count);
    if (repetitions > MOST_REPETITIONS) {
      throw new IllegalArgumentException(
          "the regular expression '%s' repeats too often (expected: at most %.0f repetitions, all counts in braces multiplied)"
              .formatted(regularExpression, MOST_REPETITIONS));
    }
    try {
      Pattern pattern = Pattern.compile(regularExpression);
      return new LogQuery(name, text, pattern, level, since, until, request);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the regular expression '%s' cannot be used: %s near position %d"
              .formatted(regularExpression, e.getDescription(), Math.max(0, e.getIndex())),
          e);
    }
  }

  private static double number(String digits) {
    return digits.isEmpty() ? 1 : Math.max(1, Double.parseDouble(digits));
  }

  public LogQuery atLeast(LogLevel lowest) {
    return new LogQuery(name, text, expression, lowest, since, until, request);
  }

  public LogQuery from(Instant oldest) {
    return new LogQuery(name, text, expression, level, oldest, until, request);
  }

  public LogQuery before(Instant end) {
    return new LogQuery(name, text, expression, level, since, end, request);
  }

  public LogQuery ofRequest(String id) {
    return new LogQuery(name, text, expression, level, since, until, id);
  }
}
