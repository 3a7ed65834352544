package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.settings.RefusalSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Tells callers that they are refused: at once as long as these are few, and after a pause if they
 * are many, since a refusal costs a good part of what an answer does, and who comes again at once
 * would take the processor from those who are served. Confined to the router.
 */
final class RejectionThrottle {
  private record Held(CompletableFuture<ServiceReply> promise, ServiceReply reply, long dueNanos) {}

  private final Duration pause;
  private final int mostHeld;
  private final TokenBucket atOnce;
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  /**
   * @param mostHeld at a time; the others are told at once, however many they are
   */
  RejectionThrottle(RefusalSettings settings, int mostHeld, long nowNanos) {
    this.pause = settings.pause();
    this.mostHeld = mostHeld;
    this.atOnce = new TokenBucket(settings.perSecond(), settings.perSecond(), nowNanos);
  }

  void refuse(PendingCall pending, ServiceReply reply, long nowNanos) {
    if (atOnce.take(nowNanos) || held.size() >= mostHeld || !pending.hasTimeFor(pause, nowNanos)) {
      pending.complete(reply);
    } else {
      // Not the call itself: nobody needs its body any more.
      held.add(new Held(pending.promise(), reply, nowNanos + pause.toNanos()));
    }
  }

  /** Tells those whose pause is over. */
  void release(long nowNanos) {
    while (!held.isEmpty() && held.peek().dueNanos() - nowNanos <= 0) {
      Held due = held.remove();
      due.promise().complete(due.reply());
    }
  }

  /** Tells all, whose pause is over or not. */
  void releaseAll() {
    while (!held.isEmpty()) {
      Held next = held.remove();
      next.promise().complete(next.reply());
    }
  }

  boolean isAnyoneHeld() {
    return !held.isEmpty();
  }
}
