package dev.troupe.node.call;

import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CallSettings;

/**
 * Bounds retries by a share of the calls and a number per second, after the {@code RetryBudget} of
 * Finagle. Unused retries are saved, at most as many as the calls that one instance may have in
 * flight: when that instance is lost, all of its calls may be sent again. Confined to the router.
 */
final class RetryBudget {
  private final double perCall;
  private final TokenBucket saved;
  private long retries;
  private long refused;

  RetryBudget(CallSettings settings, long nowNanos) {
    this.perCall = settings.retryBudget().ratio();
    int perSecond = settings.retryBudget().minPerSecond();
    this.saved =
        new TokenBucket(perSecond, perCall + perSecond > 0 ? settings.maxInFlight() : 0, nowNanos);
  }

  /** Adds the share of a new call to the budget. */
  void onCall() {
    saved.add(perCall);
  }

  /** Takes a retry for {@code call}; false when none is left. */
  boolean take(PendingCall call, long nowNanos) {
    if (!saved.take(nowNanos)) {
      // Counts each call once: a call of a silent instance asks again at each change of the
      // registry.
      if (call.markRefusedByBudget()) {
        refused++;
      }
      return false;
    }
    retries++;
    return true;
  }

  CallReport.RetryBudget report(long nowNanos) {
    return new CallReport.RetryBudget(retries, refused, saved.left(nowNanos));
  }
}
