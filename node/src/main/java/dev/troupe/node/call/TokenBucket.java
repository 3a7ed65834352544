package dev.troupe.node.call;

import java.util.concurrent.TimeUnit;

/** Gains tokens at a constant rate, up to its capacity, and is full at first. Not thread-safe. */
final class TokenBucket {
  private final double perNano;
  private final double capacity;
  private double tokens;
  private long refilledAtNanos;

  TokenBucket(double perSecond, double capacity, long nowNanos) {
    this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    this.capacity = capacity;
    this.tokens = capacity;
    this.refilledAtNanos = nowNanos;
  }

  void add(double more) {
    tokens = Math.min(capacity, tokens + more);
  }

  /** Takes a token; false when there is none. */
  boolean take(long nowNanos) {
    refill(nowNanos);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  int left(long nowNanos) {
    refill(nowNanos);
    return (int) tokens;
  }

  private void refill(long nowNanos) {
    add(perNano * (nowNanos - refilledAtNanos));
    refilledAtNanos = nowNanos;
  }
}
