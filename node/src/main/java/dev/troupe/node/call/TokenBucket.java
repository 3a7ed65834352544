package dev.troupe.node.call;

import java.util.concurrent.TimeUnit;

/**
 * Gets a number of tokens per second, and saves those that nobody takes, up to a bound. It is full
 * at first. Not thread-safe.
 */
final class TokenBucket {
  private final double perNano;
  private final double most;
  private double saved;
  private long savedAtNanos;

  TokenBucket(double perSecond, double most, long nowNanos) {
    this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    this.most = most;
    this.saved = most;
    this.savedAtNanos = nowNanos;
  }

  void add(double tokens) {
    saved = Math.min(most, saved + tokens);
  }

  /** Takes a token; false when there is none. */
  boolean take(long nowNanos) {
    saveUntil(nowNanos);
    if (saved < 1) {
      return false;
    }
    saved--;
    return true;
  }

  int left(long nowNanos) {
    saveUntil(nowNanos);
    return (int) saved;
  }

  private void saveUntil(long nowNanos) {
    add(perNano * (nowNanos - savedAtNanos));
    savedAtNanos = nowNanos;
  }
}
