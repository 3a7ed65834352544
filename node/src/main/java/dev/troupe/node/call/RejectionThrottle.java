package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.settings.RefusalSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Sends refusals to callers: at once while there are few, after a pause while there are many. A
 * refusal costs nearly as much CPU time as an answer, so callers who retry at once would slow down
 * the calls that are served. Confined to the router.
 */
final class RejectionThrottle {
  private record Held(CompletableFuture<ServiceReply> promise, ServiceReply reply, long dueNanos) {}

  private final Duration pause;
  private final int maxHeld;
  private final TokenBucket atOnce;
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  /**
   * @param maxHeld the most refusals that wait for their pause to end; all others are sent at once
   */
  RejectionThrottle(RefusalSettings settings, int maxHeld, long nowNanos) {
    this.pause = settings.pause();
    this.maxHeld = maxHeld;
    this.atOnce = new TokenBucket(settings.perSecond(), settings.perSecond(), nowNanos);
  }

  void refuse(PendingCall call, ServiceReply reply, long nowNanos) {
    if (atOnce.take(nowNanos) || held.size() >= maxHeld || !call.hasTimeFor(pause, nowNanos)) {
      call.complete(reply);
    } else {
      // Holds the promise, not the call, so that the body of the request is freed.
      held.add(new Held(call.promise(), reply, nowNanos + pause.toNanos()));
    }
  }

  /** Sends the refusals whose pause is over. */
  void release(long nowNanos) {
    while (!held.isEmpty() && held.peek().dueNanos() - nowNanos <= 0) {
      Held due = held.remove();
      due.promise().complete(due.reply());
    }
  }

  /** Sends all refusals, whether their pause is over or not. */
  void releaseAll() {
    while (!held.isEmpty()) {
      Held next = held.remove();
      next.promise().complete(next.reply());
    }
  }

  boolean isHoldingAny() {
    return !held.isEmpty();
  }
}
