package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;

import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.logs.ExpensiveExpressionException;
import dev.troupe.protocol.logs.LogLine;
import dev.troupe.protocol.logs.LogQuery;
import dev.troupe.protocol.logs.LogSearch;
import dev.troupe.protocol.logs.LogTail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Streams log lines as server-sent events while they are written: {@code line} with a {@link
 * LogLine}, or {@code error} before the end. Nothing is read for a client that does not read.
 */
final class LogStreams {
  static final int MOST = 32;

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);
  private static final Duration ALIVE_INTERVAL = Duration.ofSeconds(5);
  private static final long MOST_CHARACTERS = 1 << 20;
  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(2);

  private final Path directory;
  private final AtomicInteger open = new AtomicInteger();

  LogStreams(Path directory) {
    this.directory = directory;
  }

  /**
   * @param first how many of the lines that are there already begin the stream
   */
  HttpResponse follow(LogQuery query, int first) {
    if (open.get() >= MOST) {
      return error(503, "%d clients follow logs already; close one".formatted(MOST));
    }
    Source<ByteString, ?> messages =
        Source.tick(Duration.ZERO, LOOK_INTERVAL, NotUsed.getInstance())
            .mapWithResource(
                () -> new Followed(query, first),
                (followed, tick) -> followed.next(),
                followed -> Optional.empty())
            .withAttributes(ActorAttributes.dispatcher(ActorAttributes.IODispatcher().dispatcher()))
            .async()
            .takeWhile(look -> !look.last(), true)
            .map(Look::messages)
            .filter(bytes -> !bytes.isEmpty())
            .keepAlive(ALIVE_INTERVAL, () -> ServerSentMessages.ALIVE)
            .watchTermination(
                (started, done) -> {
                  open.incrementAndGet();
                  done.whenComplete((end, failure) -> open.decrementAndGet());
                  return started;
                });
    return ServerSentMessages.response(messages);
  }

  /**
   * @param last whether the stream ends after the messages
   */
  private record Look(ByteString messages, boolean last) {}

  /** What one client follows. */
  private final class Followed {
    private final LogQuery query;
    private final LogTail tail;
    private int first;

    Followed(LogQuery query, int first) throws IOException {
      this.query = query;
      this.tail = new LogTail(directory, ZoneId.systemDefault(), query);
      this.first = first;
    }

    Look next() throws IOException {
      try {
        ByteString messages = ByteString.emptyByteString();
        for (LogLine line : lines()) {
          messages = messages.concat(ServerSentMessages.of("line", line));
        }
        return new Look(messages, false);
      } catch (ExpensiveExpressionException e) {
        return new Look(
            ServerSentMessages.of("error", new ControlError(String.valueOf(e.getMessage()))), true);
      }
    }

    private List<LogLine> lines() throws IOException {
      if (first == 0) {
        return tail.more();
      }
      List<LogLine> lines = new ArrayList<>();
      for (LogLine line :
          new LogSearch(directory, ZoneId.systemDefault())
              .newest(query, first, MOST_CHARACTERS, LONGEST_SEARCH)
              .lines()) {
        if (tail.isPast(line)) {
          lines.add(line);
        }
      }
      first = 0;
      return lines;
    }
  }
}
