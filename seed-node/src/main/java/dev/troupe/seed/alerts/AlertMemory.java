package dev.troupe.seed.alerts;

import dev.troupe.protocol.control.Event;
import dev.troupe.seed.events.EventHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What alerts need to know of the time before this seed node. Not for several threads. */
final class AlertMemory {
  private static final Logger log = LoggerFactory.getLogger(AlertMemory.class);

  private final AlertFile file;
  private final EventHistory history;
  private final Executor blocking;
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

  /**
   * @param alerts that were told and last
   * @param events of the last minutes, the oldest first
   */
  record Recalled(List<RememberedAlert> alerts, List<Event> events) {}

  AlertMemory(Path run, Executor blocking) {
    this.file = new AlertFile(run);
    this.history = new EventHistory(run);
    this.blocking = blocking;
  }

  /**
   * Reads the files of the home.
   *
   * @param mostEvents the newest that are wanted
   */
  CompletionStage<Recalled> recall(int mostEvents) {
    return CompletableFuture.supplyAsync(
        () -> new Recalled(file.read(), events(mostEvents)), blocking);
  }

  private List<Event> events(int most) {
    Instant old = Instant.now().minus(AlertRules.MEMORY);
    try {
      return history.last(event -> event.at().isAfter(old), most);
    } catch (IOException e) {
      log.warn("alerts do not count the relaunches of before: {}", e.toString());
      return List.of();
    }
  }

  /** Notes what was told, one write after the other, so that the newest is there in the end. */
  void write(List<RememberedAlert> alerts) {
    written =
        written.handleAsync(
            (done, failure) -> {
              file.write(alerts);
              return null;
            },
            blocking);
  }
}
