package dev.troupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.json.Json;
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
 * Tells the 503s that the settings promise from all others. Promised are those of a request that
 * ended two processes, of an open circuit breaker, of an address with too many connections, and
 * those of a service that had no instance for as long as a request may wait for one. The last is
 * checked against the journal of the cluster.
 */
final class PromisedRefusals {
  /** The default of {@code troupe.gateway.waiting-room.timeout}. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** The default of {@code request-timeout}, in which a service asks another one. */
  static final Duration LONGEST_WAIT_OF_A_SERVICE = Duration.ofSeconds(5);

  /** An instance that is ready for less may not be known to the gateway before it dies. */
  static final Duration SHORTEST_USE = Duration.ofSeconds(1);

  private static final int UNAVAILABLE = 503;
  private static final Pattern PROMISED =
      Pattern.compile(
          "died while they had this request, which is not sent a third time"
              + "|circuit breaker (half-)?open"
              + "|your address has as many connections open as one address may have");
  private static final Pattern OF_A_SERVICE = Pattern.compile("the order was not created: ");
  private static final Pattern NO_INSTANCE =
      Pattern.compile("no instance of (\\w+) could take it in time");

  private record Ready(Instant from, Instant to) {}

  private final Map<String, List<Ready>> readyByService;

  private PromisedRefusals(Map<String, List<Ready>> readyByService) {
    this.readyByService = readyByService;
  }

  /**
   * @param journal the lines of {@code bin/troupe events --json}, the oldest first
   * @param end until then whatever is ready stays ready
   */
  static PromisedRefusals of(List<String> journal, Instant end) {
    Map<String, List<Ready>> ready = new HashMap<>();
    Map<String, Instant> readySince = new HashMap<>();
    for (Event event : journal.stream().map(PromisedRefusals::event).toList()) {
      String slot = event.slot();
      if (slot == null || slot.lastIndexOf('-') < 0) {
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
    return new PromisedRefusals(ready);
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
        OF_A_SERVICE.matcher(sample.error()).find() ? LONGEST_WAIT_OF_A_SERVICE : LONGEST_WAIT;
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
      String service = slot.substring(0, slot.lastIndexOf('-'));
      ready.computeIfAbsent(service, key -> new ArrayList<>()).add(new Ready(since, until));
    }
  }

  private static Event event(String line) {
    try {
      return Json.MAPPER.readValue(line, Event.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a line of the journal: " + line, e);
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
