package dev.troupe.node.call;

import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CallSettings;
import java.util.concurrent.TimeUnit;

/**
 * Bounds retries by a share of the calls and a few per second, after the {@code RetryBudget} of
 * Finagle. What is not used is saved up, to as many as one instance has in flight at most: when it
 * is lost, all it had may move on. Confined to the router.
 */
final class RetryBudget {
  private final double perCall;
  private final double perNano;
  private final double most;
  private double saved;
  private long savedAtNanos;
  private long retries;
  private long refused;

  RetryBudget(CallSettings settings, long nowNanos) {
    this.perCall = settings.retryBudget().ratio();
    this.perNano = settings.retryBudget().minPerSecond() / (double) TimeUnit.SECONDS.toNanos(1);
    this.most = perCall + perNano > 0 ? settings.maxInFlight() : 0;
    this.saved = most;
    this.savedAtNanos = nowNanos;
  }

  /** A call is made, for the first time. */
  void onCall() {
    save(perCall);
  }

  /** Whether one more retry may be made; if so, it is taken off. */
  boolean take(long nowNanos) {
    saveUntil(nowNanos);
    if (saved < 1) {
      refused++;
      return false;
    }
    saved--;
    retries++;
    return true;
  }

  CallReport.RetryBudget report(long nowNanos) {
    saveUntil(nowNanos);
    return new CallReport.RetryBudget(retries, refused, (int) saved);
  }

  private void saveUntil(long nowNanos) {
    save(perNano * (nowNanos - savedAtNanos));
    savedAtNanos = nowNanos;
  }

  private void save(double tokens) {
    saved = Math.min(most, saved + tokens);
  }
}
