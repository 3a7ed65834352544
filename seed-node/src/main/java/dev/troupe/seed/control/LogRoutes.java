package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.protocol.logs.ExpensiveExpressionException;
import dev.troupe.protocol.logs.LogFiles;
import dev.troupe.protocol.logs.LogQuery;
import dev.troupe.protocol.logs.LogSearch;
import dev.troupe.protocol.settings.LogLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** The logs of all slots: searched, and followed. */
final class LogRoutes {
  private static final int DEFAULT_LINES = 500;
  private static final int MOST_LINES = 5000;
  private static final int MOST_FIRST_LINES = 1000;
  private static final long MOST_CHARACTERS = 4 << 20;
  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(5);
  // Each of them takes a processor and some MiB.
  private static final int MOST_SEARCHES = 2;

  private final Path directory;
  private final Executor blocking;
  private final LogStreams streams;
  private final Semaphore searches = new Semaphore(MOST_SEARCHES);

  /**
   * @param directory of the log files
   * @param blocking for reading files
   */
  LogRoutes(Path directory, Executor blocking) {
    this.directory = directory;
    this.blocking = blocking;
    this.streams = new LogStreams(directory);
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/logs", Permission.READ, this::search),
        ManagementRoute.get("/logs/follow", Permission.READ, this::follow));
  }

  private CompletionStage<HttpResponse> search(ManagementRequest request) {
    LogQuery query = query(request);
    int limit = request.number("limit", DEFAULT_LINES, 1, MOST_LINES);
    if (!searches.tryAcquire()) {
      return now(
          error(503, "%d searches of the logs run already; try again".formatted(MOST_SEARCHES))
              .addHeader(RawHeader.create("Retry-After", "1")));
    }
    try {
      return CompletableFuture.supplyAsync(() -> found(query, limit), blocking)
          .whenComplete((response, failure) -> searches.release());
    } catch (RuntimeException refused) {
      searches.release();
      throw refused;
    }
  }

  private CompletionStage<HttpResponse> follow(ManagementRequest request) {
    LogQuery query = query(request);
    int first = request.number("tail", 0, 0, MOST_FIRST_LINES);
    return CompletableFuture.supplyAsync(
        () -> unknownName(query).orElseGet(() -> streams.follow(query, first)), blocking);
  }

  private HttpResponse found(LogQuery query, int limit) {
    Optional<HttpResponse> unknown = unknownName(query);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    try {
      return json(
          200,
          new LogSearch(directory, ZoneId.systemDefault())
              .newest(query, limit, MOST_CHARACTERS, LONGEST_SEARCH));
    } catch (ExpensiveExpressionException e) {
      throw new BadQueryException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<HttpResponse> unknownName(LogQuery query) {
    String name = query.name();
    List<LogFiles.LogFile> files = new LogFiles(directory).all();
    if (name == null || files.stream().anyMatch(file -> file.isOf(name))) {
      return Optional.empty();
    }
    String known =
        files.stream().map(LogFiles.LogFile::slot).distinct().collect(Collectors.joining(", "));
    return Optional.of(
        error(404, "there is no log of '%s'; there are logs of: %s".formatted(name, known)));
  }

  private static LogQuery query(ManagementRequest request) {
    LogQuery query = LogQuery.ALL;
    Optional<String> slot = request.query("slot");
    if (slot.isPresent()) {
      query = query.of(slot.get());
    }
    Optional<String> text = request.query("grep");
    if (text.isPresent()) {
      query = isExpression(request) ? matching(query, text.get()) : query.containing(text.get());
    }
    Optional<String> level = request.query("level");
    if (level.isPresent()) {
      query = query.atLeast(level(level.get()));
    }
    Optional<String> id = request.query("request");
    if (id.isPresent()) {
      query = query.ofRequest(id.get());
    }
    LogQuery since = request.time("since").map(query::from).orElse(query);
    return request.time("until").map(since::before).orElse(since);
  }

  private static boolean isExpression(ManagementRequest request) {
    return request.number("regex", 0, 0, 1) == 1;
  }

  private static LogQuery matching(LogQuery query, String expression) {
    try {
      return query.matching(expression);
    } catch (IllegalArgumentException e) {
      throw new BadQueryException(String.valueOf(e.getMessage()));
    }
  }

  private static LogLevel level(String text) {
    return Arrays.stream(LogLevel.values())
        .filter(level -> level.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> ManagementRequest.bad("level", text, "one of trace, debug, info, warn, error"));
  }
}
