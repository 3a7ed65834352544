package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.report.SlotReport;
import dev.troupe.protocol.report.TimeFormat;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.events.EventHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What happened: the events of the journal, and the life of one slot. */
final class SlotRoutes {
  private static final int MOST_EVENTS = 5000;
  private static final int EVENTS_OF_A_SLOT = 2000;
  private static final int DEFAULT_EVENTS = 200;

  private final Supplier<CompletionStage<ClusterStatus>> status;
  private final Settings settings;
  private final EventHistory history;
  private final Executor blocking;

  /**
   * @param blocking for reading files
   */
  SlotRoutes(
      Supplier<CompletionStage<ClusterStatus>> status,
      Settings settings,
      EventHistory history,
      Executor blocking) {
    this.status = status;
    this.settings = settings;
    this.history = history;
    this.blocking = blocking;
  }

  private record EventList(List<Event> events) {}

  /**
   * @param why the sentences of {@code bin/troupe why}
   * @param events of the slot, the oldest first
   */
  private record SlotLife(SlotStatus slot, List<String> why, List<Event> events) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/events", Permission.READ, this::events),
        ManagementRoute.get("/slots/{slot}", Permission.READ, this::slot));
  }

  private CompletionStage<HttpResponse> events(ManagementRequest request) {
    int limit = request.number("limit", DEFAULT_EVENTS, 0, MOST_EVENTS);
    Optional<Instant> since = request.time("since");
    Optional<String> slot = request.query("slot");
    Optional<String> kind = request.query("kind");
    Predicate<Event> wanted =
        event ->
            (since.isEmpty() || !event.at().isBefore(since.get()))
                && (slot.isEmpty() || slot.get().equals(event.slot()))
                && (kind.isEmpty() || kind.get().equals(event.kind().label()));
    return CompletableFuture.supplyAsync(
        () -> json(200, new EventList(read(wanted, limit))), blocking);
  }

  private CompletionStage<HttpResponse> slot(ManagementRequest request) {
    String name = request.variable("slot");
    return status
        .get()
        .thenApplyAsync(
            cluster ->
                cluster.slots().stream()
                    .filter(slot -> slot.slot().equals(name))
                    .findFirst()
                    .map(slot -> json(200, life(slot)))
                    .orElseGet(() -> error(404, unknown(name, cluster))),
            blocking);
  }

  private static String unknown(String name, ClusterStatus cluster) {
    return "there is no slot '%s'; there are: %s"
        .formatted(
            name, String.join(", ", cluster.slots().stream().map(SlotStatus::slot).toList()));
  }

  private SlotLife life(SlotStatus slot) {
    List<Event> events = read(event -> slot.slot().equals(event.slot()), EVENTS_OF_A_SLOT);
    RestartSettings budget = settings.restart(slot.service());
    List<String> why =
        new SlotReport(slot.slot(), slot, events, budget).lines(TimeFormat.local(Instant.now()));
    return new SlotLife(slot, why, events);
  }

  private List<Event> read(Predicate<Event> wanted, int limit) {
    try {
      return history.last(wanted, limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
