package dev.troupe.node.call;

import java.util.concurrent.TimeUnit;

/** So many tokens a second, and what is not taken is saved up to a bound. Begins full. */
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

  /** Whether there is one; if so, it is taken. */
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
