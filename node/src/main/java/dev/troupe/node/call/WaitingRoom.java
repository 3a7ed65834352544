package dev.troupe.node.call;

import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The calls of one service that wait for an instance, in the order they came. Confined to the
 * router.
 */
final class WaitingRoom {
  private final WaitingRoomSettings settings;
  private final ArrayDeque<PendingCall> waiting = new ArrayDeque<>();
  private long bytes;
  private long admitted;
  private long overflowed;
  private long expired;

  WaitingRoom(WaitingRoomSettings settings) {
    this.settings = settings;
  }

  /** Whether {@code pending} found a place. */
  boolean admit(PendingCall pending, long nowNanos) {
    if (waiting.size() >= settings.maxRequests() || bytes + pending.size() > settings.maxBytes()) {
      overflowed++;
      return false;
    }
    admitted++;
    pending.waits(nowNanos);
    waiting.add(pending);
    bytes += pending.size();
    return true;
  }

  /**
   * Those whom {@code serve} takes leave the room, the longest waiting first. Whom it does not take
   * does not hold up the others.
   *
   * @param more whether there is anything left to serve them with
   */
  void serve(BooleanSupplier more, Predicate<PendingCall> serve) {
    for (Iterator<PendingCall> all = waiting.iterator(); all.hasNext() && more.getAsBoolean(); ) {
      PendingCall next = all.next();
      if (serve.test(next)) {
        // Near the head, where those are who leave, this moves next to nothing.
        all.remove();
        bytes -= next.size();
      }
    }
  }

  /** Those who have waited for too long leave the room. */
  List<PendingCall> removeExpired(long nowNanos) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<PendingCall> late = new ArrayList<>();
    waiting.removeIf(pending -> pending.isPastDeadline(nowNanos) && late.add(pending));
    late.forEach(pending -> bytes -= pending.size());
    expired += late.size();
    return late;
  }

  /** How long one may wait. */
  Duration timeout() {
    return settings.timeout();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  CallReport.WaitingRoom report(long nowNanos) {
    PendingCall oldest = waiting.peek();
    long oldestMillis =
        oldest == null ? 0 : TimeUnit.NANOSECONDS.toMillis(nowNanos - oldest.waitsFromNanos());
    return new CallReport.WaitingRoom(
        waiting.size(), bytes, oldestMillis, admitted, overflowed, expired);
  }
}
