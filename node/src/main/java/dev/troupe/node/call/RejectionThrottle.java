package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.settings.RefusalSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Sends refusals to callers: at once while they are few, after a pause when they are many. A
 * refusal costs a good part of what an answer costs, and callers who try again at once would take
 * the processor from those who are served. Confined to the router.
 */
final class RejectionThrottle {
  private record Held(CompletableFuture<ServiceReply> promise, ServiceReply reply, long dueNanos) {}

  private final Duration pause;
  private final int mostHeld;
  private final TokenBucket atOnce;
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  /**
   * @param mostHeld refusals at a time; further ones are sent at once, however many they are
   */
  RejectionThrottle(RefusalSettings settings, int mostHeld, long nowNanos) {
    this.pause = settings.pause();
    this.mostHeld = mostHeld;
    this.atOnce = new TokenBucket(settings.perSecond(), settings.perSecond(), nowNanos);
  }

  void refuse(PendingCall call, ServiceReply reply, long nowNanos) {
    if (atOnce.take(nowNanos) || held.size() >= mostHeld || !call.hasTimeFor(pause, nowNanos)) {
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
