package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.report.SlotReport;
import dev.troupe.protocol.report.TimeFormat;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.events.EventHistory;
import dev.troupe.seed.incident.IncidentArchive;
import dev.troupe.seed.incident.IncidentArchive.Incident;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.StreamConverters;

/** What happened: the events of the journal, and the life of one slot. */
final class SlotRoutes {
  private static final int MOST_EVENTS = 5000;
  private static final int EVENTS_OF_A_SLOT = 2000;
  private static final int DEFAULT_EVENTS = 200;
  private static final int DEFAULT_MINUTES = 5;
  private static final int MOST_MINUTES = 60;
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SlotLookup slots;
  private final Settings settings;
  private final EventHistory history;
  private final BiFunction<Instant, Instant, List<String>> metrics;
  private final Executor blocking;
  // Each one reads logs for some seconds.
  private final Semaphore archives = new Semaphore(1);

  /**
   * @param metrics the load of all slots in a time, as CSV; may block
   * @param blocking for reading files
   */
  SlotRoutes(
      SlotLookup slots,
      Settings settings,
      EventHistory history,
      BiFunction<Instant, Instant, List<String>> metrics,
      Executor blocking) {
    this.metrics = metrics;
    this.slots = slots;
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
        ManagementRoute.get(
            "/slots/{slot}",
            Permission.READ,
            request ->
                slots.find(request.variable("slot"), (slot, cluster) -> json(200, life(slot)))),
        ManagementRoute.get("/slots/{slot}/incident", Permission.READ, this::incident));
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

  private SlotLife life(SlotStatus slot) {
    List<Event> events = read(event -> slot.slot().equals(event.slot()), EVENTS_OF_A_SLOT);
    List<String> why =
        new SlotReport(slot.slot(), slot, events, settings.restart(slot.service()))
            .lines(TimeFormat.local(Instant.now()));
    return new SlotLife(slot, why, events);
  }

  private CompletionStage<HttpResponse> incident(ManagementRequest request) {
    Optional<Instant> at = request.time("at");
    Duration around =
        Duration.ofMinutes(request.number("minutes", DEFAULT_MINUTES, 1, MOST_MINUTES));
    if (!archives.tryAcquire()) {
      return now(
          error(503, "another incident is being collected; try again")
              .addHeader(RawHeader.create("Retry-After", "2")));
    }
    return slots
        .find(request.variable("slot"), (slot, cluster) -> archive(slot, cluster, at, around))
        .whenComplete((response, failure) -> archives.release());
  }

  private HttpResponse archive(
      SlotStatus slot, ClusterStatus cluster, Optional<Instant> at, Duration around) {
    SlotLife life = life(slot);
    Instant time = at.orElseGet(() -> lastExit(life.events()).orElseGet(Instant::now));
    Incident incident =
        new Incident(slot.slot(), time.minus(around), time.plus(around), life.why(), cluster);
    try {
      InputStream zip =
          new IncidentArchive(settings.logDirectory(), history, ZoneId.systemDefault(), metrics)
              .open(incident, settings.run());
      return ManagementReplies.download(
          "incident-%s-%s.zip".formatted(slot.slot(), FILE_TIME.format(time)),
          MediaTypes.APPLICATION_ZIP.toContentType(),
          StreamConverters.fromInputStream(() -> zip));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Instant> lastExit(List<Event> events) {
    return events.stream()
        .filter(event -> event.kind() == EventKind.EXITED)
        .map(Event::at)
        .reduce((earlier, later) -> later);
  }

  private List<Event> read(Predicate<Event> wanted, int limit) {
    try {
      return history.last(wanted, limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
