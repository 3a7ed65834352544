package dev.troupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Separates the 503s that the settings promise from all others. A 503 is promised when the request
 * ended two processes, a circuit breaker is open, the address has too many connections, or the
 * service had no instance for as long as a request may wait for one. The journal of the cluster
 * tells whether it had.
 *
 * <p>The body of an answer has no field for its reason, so this class recognises the message.
 */
final class PromisedRefusals {
  /** An instance that is ready for less time may end before the gateway knows it. */
  static final Duration SHORTEST_USE = Duration.ofSeconds(1);

  private static final String ORDER_SERVICE = "OrderService";

  private static final int UNAVAILABLE = 503;
  private static final Pattern PROMISED =
      Pattern.compile(
          "died while they had this request, which is not sent a third time"
              + "|circuit breaker (half-)?open"
              + "|your address has as many connections open as one address may have");
  private static final Pattern OF_ORDER_SERVICE = Pattern.compile("the order was not created: ");
  private static final Pattern NO_INSTANCE =
      Pattern.compile("no instance of (\\w+) could take it in time");

  private record Ready(Instant from, Instant to) {}

  private final Map<String, List<Ready>> readyByService;
  private final Duration waitOfGateway;
  private final Duration waitOfOrderService;

  private PromisedRefusals(Map<String, List<Ready>> readyByService, Settings settings) {
    this.readyByService = readyByService;
    this.waitOfGateway = settings.gateway().waitingRoom().timeout();
    // A call of a service waits no longer than the caller of the service does.
    this.waitOfOrderService =
        shorter(settings.calls(ORDER_SERVICE).requestTimeout(), waitOfGateway);
  }

  /**
   * @param journal the lines of {@code bin/troupe events --json}, the oldest first
   * @param end time until which an instance that is ready at the end of the journal stays ready
   * @param settings of the cluster that wrote the journal
   */
  static PromisedRefusals of(List<String> journal, Instant end, Settings settings) {
    Map<String, List<Ready>> ready = new HashMap<>();
    Map<String, Instant> readySince = new HashMap<>();
    for (Event event : journal.stream().map(PromisedRefusals::event).toList()) {
      String slot = event.slot();
      if (slot == null || NodeNames.serviceOf(slot).equals(slot)) {
        continue;
      }
      switch (event.kind()) {
        case READY, HEALTHY -> readySince.putIfAbsent(slot, event.at());
        case EXITED, UNHEALTHY, STOPPING, DOWN, LAUNCHED, RELAUNCHING ->
            add(ready, slot, readySince.remove(slot), event.at());
        default -> {}
      }
    }
    readySince.forEach((slot, since) -> add(ready, slot, since, end));
    return new PromisedRefusals(ready, settings);
  }

  /**
   * The 503s among {@code samples} that nothing promises.
   *
   * @param begun when the load began, from which the samples count
   */
  List<Sample> others(List<Sample> samples, Instant begun) {
    return samples.stream()
        .filter(sample -> sample.status() == UNAVAILABLE)
        .filter(sample -> !isPromised(sample, begun))
        .toList();
  }

  private boolean isPromised(Sample sample, Instant begun) {
    if (PROMISED.matcher(sample.error()).find()) {
      return true;
    }
    Matcher noInstance = NO_INSTANCE.matcher(sample.error());
    Duration wait =
        OF_ORDER_SERVICE.matcher(sample.error()).find() ? waitOfOrderService : waitOfGateway;
    return noInstance.find()
        && !wasUsable(noInstance.group(1), wait, begun.plusMillis((long) sample.answeredMillis()));
  }

  private boolean wasUsable(String service, Duration wait, Instant refusedAt) {
    Instant waitedFrom = refusedAt.minus(wait);
    return readyByService.getOrDefault(service, List.of()).stream()
        .anyMatch(
            ready ->
                Duration.between(later(ready.from(), waitedFrom), earlier(ready.to(), refusedAt))
                        .compareTo(SHORTEST_USE)
                    >= 0);
  }

  private static void add(
      Map<String, List<Ready>> ready, String slot, @Nullable Instant since, Instant until) {
    if (since != null) {
      ready
          .computeIfAbsent(NodeNames.serviceOf(slot), key -> new ArrayList<>())
          .add(new Ready(since, until));
    }
  }

  private static Event event(String line) {
    try {
      return Json.MAPPER.readValue(line, Event.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a line of the journal: " + line, e);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
