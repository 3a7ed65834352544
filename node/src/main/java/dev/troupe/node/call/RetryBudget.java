package dev.troupe.node.call;

import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CallSettings;

/**
 * Bounds retries by a share of the calls and a few per second, after the {@code RetryBudget} of
 * Finagle. What is not used is saved up, to as many as one instance has in flight at most: when it
 * is lost, all it had may move on. Confined to the router.
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

  /** A call is made, for the first time. */
  void onCall() {
    saved.add(perCall);
  }

  /** Whether {@code pending} may be sent once more; if so, a retry is taken off. */
  boolean take(PendingCall pending, long nowNanos) {
    if (!saved.take(nowNanos)) {
      // Who stays with a silent instance asks again with each change of the registry.
      if (pending.isFirstRefusalByBudget()) {
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
