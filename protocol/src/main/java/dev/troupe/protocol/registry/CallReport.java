package dev.troupe.protocol.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node says of the calls it makes of one service. Totals begin with its process.
 *
 * @param waitingRoom where calls wait for a ready instance
 * @param suspendedActions that processes died of
 */
public record CallReport(
    WaitingRoom waitingRoom,
    Timeout timeout,
    CircuitBreaker circuitBreaker,
    Bulkhead bulkhead,
    RetryBudget retryBudget,
    List<SuspendedAction> suspendedActions) {
  public CallReport {
    suspendedActions = List.copyOf(suspendedActions);
  }

  /**
   * @param requests that wait now
   * @param bytes of their bodies together
   * @param oldestMillis how long the oldest of them has waited
   * @param admitted ever
   * @param overflowed refused because the room was full, ever
   * @param expired that waited in vain, ever
   */
  public record WaitingRoom(
      int requests, long bytes, long oldestMillis, long admitted, long overflowed, long expired) {}

  /**
   * @param millis that an instance may take
   * @param reached calls that no instance answered in time, ever
   */
  public record Timeout(long millis, long reached) {}

  /**
   * @param openUntil when the next call is let through as a probe, if it is open
   * @param calls in the window
   * @param failures of them
   * @param opened how often, ever
   * @param refused calls, ever
   */
  public record CircuitBreaker(
      BreakerState state,
      @Nullable Instant openUntil,
      int calls,
      int failures,
      long opened,
      long refused) {}

  /**
   * @param calls that have no answer yet, waiting ones included
   * @param refused ever
   */
  public record Bulkhead(int calls, int maxCalls, long refused) {}

  /**
   * @param retries calls sent a second time, ever
   * @param refused calls that the budget did not let be sent again, ever
   * @param left retries that could be made now
   */
  public record RetryBudget(long retries, long refused, int left) {}

  /**
   * An action that is not called for a while.
   *
   * @param slots whose processes died with the same request in hand
   * @param secondsLeft until a call is let through as a probe; 0 when the next one is
   * @param refused calls, since it was suspended
   */
  public record SuspendedAction(String action, List<String> slots, long secondsLeft, long refused) {
    public SuspendedAction {
      slots = List.copyOf(slots);
    }
  }
}
