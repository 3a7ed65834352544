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

  /** Lets a call wait; false when the room is full. */
  boolean add(PendingCall call, long nowNanos) {
    if (waiting.size() >= settings.maxRequests() || bytes + call.size() > settings.maxBytes()) {
      overflowed++;
      return false;
    }
    admitted++;
    call.startWaiting(nowNanos);
    waiting.add(call);
    bytes += call.size();
    return true;
  }

  /**
   * Removes the calls that {@code which} is true for. A call that stays does not hold up those
   * behind it.
   *
   * @param more checked before each call; once it is false, this call and all later ones stay
   * @param which asked once for each call, the longest waiting first
   * @return the removed calls in this order
   */
  List<PendingCall> removeWhile(BooleanSupplier more, Predicate<PendingCall> which) {
    List<PendingCall> removed = new ArrayList<>();
    for (Iterator<PendingCall> all = waiting.iterator(); all.hasNext() && more.getAsBoolean(); ) {
      PendingCall next = all.next();
      if (which.test(next)) {
        // Cheap near the head of the queue, where the removed calls are.
        all.remove();
        bytes -= next.size();
        removed.add(next);
      }
    }
    return removed;
  }

  /** Removes the calls that have waited too long. */
  List<PendingCall> removeExpired(long nowNanos) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<PendingCall> late = new ArrayList<>();
    waiting.removeIf(call -> call.isPastDeadline(nowNanos) && late.add(call));
    late.forEach(call -> bytes -= call.size());
    expired += late.size();
    return late;
  }

  /** How long a call may wait. */
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
        oldest == null ? 0 : TimeUnit.NANOSECONDS.toMillis(nowNanos - oldest.waitsSinceNanos());
    return new CallReport.WaitingRoom(
        waiting.size(), bytes, oldestMillis, admitted, overflowed, expired);
  }
}
