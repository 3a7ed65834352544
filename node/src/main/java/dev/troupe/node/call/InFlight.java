package dev.troupe.node.call;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls that instances have now, in the order they were sent. Confined to the router. */
final class InFlight {
  private final Map<Long, PendingCall> byCorrelationId = new LinkedHashMap<>();
  private long lastCorrelationId;

  /** The correlation id that its answer will carry. */
  long add(PendingCall pending) {
    lastCorrelationId++;
    byCorrelationId.put(lastCorrelationId, pending);
    return lastCorrelationId;
  }

  /** Takes the call that was answered; null when it has been taken back before. */
  @Nullable PendingCall remove(long correlationId) {
    PendingCall answered = byCorrelationId.remove(correlationId);
    if (answered != null) {
      answered.release();
    }
    return answered;
  }

  /** The call whose answer is on its way; null when nobody waits for it any more. */
  @Nullable PendingCall find(long correlationId) {
    return byCorrelationId.get(correlationId);
  }

  /** Takes calls back from their instances, whose answers nobody will wait for. */
  List<PendingCall> takeBack(Predicate<PendingCall> which) {
    List<PendingCall> taken = new ArrayList<>();
    for (Iterator<PendingCall> all = byCorrelationId.values().iterator(); all.hasNext(); ) {
      PendingCall next = all.next();
      if (which.test(next)) {
        all.remove();
        next.release();
        taken.add(next);
      }
    }
    return taken;
  }

  boolean isEmpty() {
    return byCorrelationId.isEmpty();
  }
}
