package dev.troupe.service.background;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.service.background.EventInbox.Due;
import dev.troupe.service.background.EventInbox.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that the service handles, and those whose result is not recorded yet. */
final class EventsInHand {
  private final Map<Long, Given> awaited = new HashMap<>();
  private final List<Due> handled = new ArrayList<>();
  private final List<Failure> failed = new ArrayList<>();
  private long lastCorrelationId;

  /**
   * An event that the service handles.
   *
   * @param since the time of {@link System#nanoTime}
   * @param span of the handling
   */
  record Given(Due event, long since, long span) {}

  /** Results to be recorded. */
  record Results(List<Due> handled, List<Failure> failed) {
    boolean isEmpty() {
      return handled.isEmpty() && failed.isEmpty();
    }
  }

  /**
   * The events in hand at one moment.
   *
   * @param awaited those that the service handles
   * @param all of them and those whose result is not recorded yet
   */
  record Held(List<Due> awaited, List<Due> all) {
    /** What the service handles once it has {@code due} too. */
    List<Due> handledWith(List<Due> due) {
      List<Due> both = new ArrayList<>(awaited);
      both.addAll(due);
      return both;
    }
  }

  Held held() {
    List<Due> given = awaited.values().stream().map(Given::event).toList();
    List<Due> all = new ArrayList<>(given);
    all.addAll(handled);
    failed.forEach(failure -> all.add(failure.event()));
    return new Held(given, all);
  }

  /** Whether at least half of {@code most} may be added. */
  boolean hasRoom(int most) {
    return awaited.size() + handled.size() + failed.size() <= most / 2;
  }

  /**
   * @param span of the handling
   * @return the correlation id of the request that carries it
   */
  long take(Due event, long now, long span) {
    awaited.put(++lastCorrelationId, new Given(event, now, span));
    return lastCorrelationId;
  }

  /** The event that {@code reply} is about; null if it is not awaited any more. */
  @Nullable Given replied(ServiceReply reply) {
    Given given = awaited.remove(reply.correlationId());
    if (given == null) {
      return null;
    }
    if (reply.status().isSuccess()) {
      handled.add(given.event());
    } else {
      failed.add(new Failure(given.event(), "%s %s".formatted(reply.status(), reply.message())));
    }
    return given;
  }

  /** Counts as failed what the service has had for longer than {@code limit}. */
  void giveUpLate(long now, Duration limit) {
    for (Iterator<Given> each = awaited.values().iterator(); each.hasNext(); ) {
      Given given = each.next();
      if (now - given.since() > limit.toNanos()) {
        each.remove();
        failed.add(new Failure(given.event(), "not handled within " + limit.toSeconds() + " s"));
      }
    }
  }

  boolean isNothingAwaited() {
    return awaited.isEmpty();
  }

  /** The results so far; they stay until they are {@link #recorded}. */
  Results results() {
    return new Results(List.copyOf(handled), List.copyOf(failed));
  }

  void recorded(Results results) {
    handled.removeAll(results.handled());
    failed.removeAll(results.failed());
  }
}
