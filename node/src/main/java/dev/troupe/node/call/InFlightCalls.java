package dev.troupe.node.call;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls that were sent to instances, in the order they were sent. Confined to the router. */
final class InFlightCalls {
  private final Map<Long, PendingCall> byCorrelationId = new LinkedHashMap<>();
  private long lastCorrelationId;

  /** Returns the correlation id that the reply will carry. */
  long add(PendingCall call) {
    lastCorrelationId++;
    byCorrelationId.put(lastCorrelationId, call);
    return lastCorrelationId;
  }

  /** Null when the call has ended, or was moved to another instance. */
  @Nullable PendingCall find(long correlationId) {
    return byCorrelationId.get(correlationId);
  }

  /** Removes the call that its instance has answered; null as with {@link #find}. */
  @Nullable PendingCall remove(long correlationId) {
    PendingCall answered = byCorrelationId.remove(correlationId);
    if (answered != null) {
      answered.releaseInstance();
    }
    return answered;
  }

  /** Removes the calls that {@code which} is true for. Later replies to them are ignored. */
  List<PendingCall> removeIf(Predicate<PendingCall> which) {
    List<PendingCall> removed = new ArrayList<>();
    for (Iterator<PendingCall> all = byCorrelationId.values().iterator(); all.hasNext(); ) {
      PendingCall next = all.next();
      if (which.test(next)) {
        all.remove();
        next.releaseInstance();
        removed.add(next);
      }
    }
    return removed;
  }

  boolean isEmpty() {
    return byCorrelationId.isEmpty();
  }
}
