package dev.troupe.testkit;

import dev.troupe.node.call.OutboundCall;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.PublishedEvent;
import dev.troupe.service.background.EventLog;
import dev.troupe.service.background.EventLog.EventPage;
import dev.troupe.service.background.EventLog.LoggedEvent;
import dev.troupe.service.background.EventLog.ReadEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The events of other services, as a test states them. Thread-safe. */
final class TestEvents {
  private static final String LOG = "test";

  private final Map<String, List<LoggedEvent>> logs = new ConcurrentHashMap<>();

  static boolean isRead(OutboundCall call) {
    return call.action().equals(EventLog.READ.name());
  }

  /**
   * @return the number of the event
   */
  synchronized long add(String source, Record event) {
    List<LoggedEvent> log = logs.computeIfAbsent(source, name -> new ArrayList<>());
    String data = new String(Json.write(event), StandardCharsets.UTF_8);
    long number = log.size() + 1L;
    log.add(new LoggedEvent(number, PublishedEvent.nameOf(event.getClass()), "test", data, null));
    return number;
  }

  /** What the source answers to {@code call}, which {@linkplain #isRead reads its events}. */
  synchronized ServiceReply answer(OutboundCall call) {
    try {
      ReadEvents read = Json.MAPPER.readValue(call.data().bytes(), ReadEvents.class);
      return new ServiceReply(
          0,
          call.requestId(),
          ReplyStatus.OK,
          JsonBytes.of(Json.write(page(logs.getOrDefault(call.service(), List.of()), read))),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EventPage page(List<LoggedEvent> log, ReadEvents read) {
    List<LoggedEvent> later =
        log.stream()
            .filter(event -> event.id() > read.after() && read.events().contains(event.event()))
            .toList();
    return new EventPage(
        LOG, later, log.size(), Math.max(read.after(), log.size()), false, List.of());
  }
}
