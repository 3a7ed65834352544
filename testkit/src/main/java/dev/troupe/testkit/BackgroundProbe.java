package dev.troupe.testkit;

import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.PublishedEvent;
import dev.troupe.service.background.EventLog;
import dev.troupe.service.background.EventLog.EventPage;
import dev.troupe.service.background.EventLog.LoggedEvent;
import dev.troupe.service.background.EventLog.ReadEvents;
import dev.troupe.service.background.InboxStatus;
import dev.troupe.service.background.InboxStatus.ReadInbox;
import dev.troupe.service.background.InboxStatus.WaitingEvent;
import dev.troupe.service.background.RunJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events and jobs of a service under test. */
final class BackgroundProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final String name;
  private final LocalService.Started service;
  private final TestEvents events;

  BackgroundProbe(String name, LocalService.Started service, TestEvents events) {
    this.name = name;
    this.service = service;
    this.events = events;
  }

  void handle(String source, Record event) {
    String kind = PublishedEvent.nameOf(event.getClass());
    List<String> handles = service.call(InboxStatus.READ, new ReadInbox(source)).handles();
    if (!handles.contains(kind)) {
      throw new AssertionError(
          "%s handles no %s of %s (handles: %s). Add .onEvent(\"%s\", %s.class, …) to its definition"
              .formatted(
                  name,
                  kind,
                  source,
                  handles.isEmpty() ? "none" : String.join(", ", handles),
                  source,
                  kind));
    }
    long number = events.add(source, event);
    Polling.until(
        "%s to handle %s of %s".formatted(name, kind, source),
        PATIENCE,
        BETWEEN_LOOKS,
        () -> isHandled(source, number));
  }

  private boolean isHandled(String source, long number) {
    InboxStatus status = service.call(InboxStatus.READ, new ReadInbox(source));
    Optional<WaitingEvent> waiting =
        status.waiting().stream().filter(event -> event.id() == number).findFirst();
    if (waiting.isPresent() && waiting.get().lastError() != null) {
      throw new AssertionError(
          "%s did not handle %s of %s: %s"
              .formatted(name, waiting.get().event(), source, waiting.get().lastError()));
    }
    return status.position() >= number && waiting.isEmpty();
  }

  <E extends Record> List<E> published(Class<E> type) {
    List<E> all = new ArrayList<>();
    List<String> names = List.of(PublishedEvent.nameOf(type));
    EventPage page;
    long last = 0;
    do {
      page = service.call(EventLog.READ, new ReadEvents(last, names));
      if (!page.unknown().isEmpty()) {
        throw new AssertionError(
            "%s publishes no %s. Add .publishes(%s.class, …) to its definition"
                .formatted(name, names.get(0), names.get(0)));
      }
      page.events().forEach(event -> all.add(read(type, event)));
      last = page.last();
    } while (page.more());
    return all;
  }

  private static <E extends Record> E read(Class<E> type, LoggedEvent event) {
    try {
      return Json.MAPPER.readValue(event.data(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void runJob(String job) {
    service.call(RunJob.ACTION, new RunJob(job));
  }
}
