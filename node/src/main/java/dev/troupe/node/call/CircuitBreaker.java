package dev.troupe.node.call;

import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CircuitBreakerSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a service is asked, by how its calls ended lately: closed, open when too many
 * failed, half-open when it is time to try one again. Confined to the router.
 */
final class CircuitBreaker {
  /** No permit: the call must not be made. */
  static final long REFUSED = -1;

  private final CircuitBreakerSettings settings;
  private final FailureWindow window;
  private BreakerState state = BreakerState.CLOSED;
  // Grows with each change of state, so that an answer to an earlier one is recognisable.
  private long epoch;
  private boolean probing;
  private long openedAtNanos;
  private int failures;
  private int calls;
  private long opened;
  private long refused;

  CircuitBreaker(CircuitBreakerSettings settings, long nowNanos) {
    this.settings = settings;
    this.window = new FailureWindow(settings.window(), nowNanos);
  }

  /** A permit for one call, to be given back with {@link #record}; or {@link #REFUSED}. */
  long acquire(long nowNanos) {
    if (state == BreakerState.CLOSED) {
      return epoch;
    }
    if (state == BreakerState.OPEN && remainingNanos(nowNanos) == 0) {
      become(BreakerState.HALF_OPEN);
    }
    if (state == BreakerState.HALF_OPEN && !probing) {
      probing = true;
      return epoch;
    }
    refused++;
    return REFUSED;
  }

  /**
   * Takes note of how the call with {@code permit} ended.
   *
   * @return whether the breaker has opened or closed by it
   */
  boolean record(long permit, Verdict verdict, long nowNanos) {
    // What was asked in an earlier state proves nothing about now.
    if (permit != epoch || !settings.enabled()) {
      return false;
    }
    if (state == BreakerState.HALF_OPEN) {
      return onProbe(verdict, nowNanos);
    }
    if (verdict == Verdict.NONE) {
      return false;
    }
    window.add(verdict == Verdict.FAILURE, nowNanos);
    if (verdict == Verdict.FAILURE && isFailing()) {
      open(nowNanos);
      return true;
    }
    return false;
  }

  /** Forgets all: nobody is left of those who failed. */
  void reset() {
    window.clear();
    if (state != BreakerState.CLOSED) {
      become(BreakerState.CLOSED);
    }
  }

  BreakerState state() {
    return state;
  }

  /** Why it is not closed, like {@code 20 of its last 30 calls failed}. */
  String reason() {
    return "%d of its last %d calls failed".formatted(failures, calls);
  }

  /** Until it lets a probe through; zero when it is not open. */
  Duration remaining(long nowNanos) {
    return Duration.ofNanos(remainingNanos(nowNanos));
  }

  CallReport.CircuitBreaker report(long nowNanos, Instant now) {
    window.moveTo(nowNanos);
    Instant openUntil = state == BreakerState.OPEN ? now.plusNanos(remainingNanos(nowNanos)) : null;
    return new CallReport.CircuitBreaker(
        state, openUntil, window.calls(), window.failures(), opened, refused);
  }

  private boolean onProbe(Verdict verdict, long nowNanos) {
    probing = false;
    switch (verdict) {
      case SUCCESS -> become(BreakerState.CLOSED);
      case FAILURE -> open(nowNanos);
      case NONE -> {
        return false;
      }
    }
    return true;
  }

  private boolean isFailing() {
    return window.calls() >= settings.minCalls()
        && window.failures() >= settings.failureRate() * window.calls();
  }

  private void open(long nowNanos) {
    // A probe that failed says that the reason still holds.
    if (state == BreakerState.CLOSED) {
      failures = window.failures();
      calls = window.calls();
    }
    opened++;
    openedAtNanos = nowNanos;
    window.clear();
    become(BreakerState.OPEN);
  }

  private void become(BreakerState next) {
    state = next;
    epoch++;
    probing = false;
  }

  private long remainingNanos(long nowNanos) {
    return state == BreakerState.OPEN
        ? Math.max(0, settings.openFor().toNanos() - (nowNanos - openedAtNanos))
        : 0;
  }
}
