package dev.troupe.cli.logs;

import dev.troupe.protocol.logs.LogQuery;
import dev.troupe.protocol.settings.LogLevel;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code logs} that choose lines. */
final class SearchOptions {
  @Option(names = "--grep", paramLabel = "TEXT", description = "Only lines that contain this text.")
  private @Nullable String text;

  @Option(
      names = "--regex",
      paramLabel = "EXPRESSION",
      description = "Only lines with a match of this regular expression (syntax of Java).")
  private @Nullable String expression;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Only events of this level and of those after it: ${COMPLETION-CANDIDATES}.")
  private @Nullable LogLevel level;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only lines from this time on: 10m (ago; s, m, h or d), 14:30, 2026-01-31,"
              + " 2026-01-31T14:30 (local), 2026-01-31T14:30:00Z.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only lines before this time; written as that of --since.")
  private @Nullable String until;

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "Only lines that were written for the request with this X-Request-Id.")
  private @Nullable String request;

  boolean areGiven() {
    return text != null
        || expression != null
        || level != null
        || since != null
        || until != null
        || request != null;
  }

  boolean haveAnEnd() {
    return until != null;
  }

  /**
   * @throws IllegalArgumentException when an option cannot be used; the message says why
   */
  LogQuery query(@Nullable String name, ZonedDateTime now) {
    LogQuery query = name == null ? LogQuery.ALL : LogQuery.ALL.of(name);
    query = text == null ? query : query.containing(notEmpty("--grep", text));
    query = expression == null ? query : query.matching(notEmpty("--regex", expression));
    query = level == null ? query : query.atLeast(level);
    query = request == null ? query : query.ofRequest(notEmpty("--request", request));
    Instant from = since == null ? null : TimeOption.parse("--since", since, now);
    Instant end = until == null ? null : TimeOption.parse("--until", until, now);
    if (from != null && end != null && !from.isBefore(end)) {
      throw new IllegalArgumentException(
          "--until %s is not after --since %s (expected: a later time)".formatted(until, since));
    }
    query = from == null ? query : query.from(from);
    return end == null ? query : query.before(end);
  }

  private static String notEmpty(String option, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(option + ": '' (expected: one character at least)");
    }
    return value;
  }
}
