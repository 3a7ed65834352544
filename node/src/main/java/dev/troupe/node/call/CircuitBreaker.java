package dev.troupe.node.call;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CircuitBreakerSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a service is called, by how its calls ended lately. Closed: it is called. Open:
 * too many calls failed, and all are refused. Half-open: one call at a time tries it again.
 * Confined to the router.
 */
final class CircuitBreaker {
  /** No permit: the call must not be made. */
  static final long REFUSED = -1;

  /** What the end of a call says about the health of its service. */
  enum Result {
    SUCCESS,
    FAILURE,
    /** Nothing: the call was not sent, or an instance declined it as it should. */
    IGNORED;

    /**
     * A service that refuses a wrong request works, so this is a success. A 503 comes from an
     * instance that declined the call as it should, so it is ignored.
     */
    static Result of(ReplyStatus status) {
      // TOO_LARGE: the service works, its caller asks for too much.
      if (!status.isServiceError() || status == ReplyStatus.TOO_LARGE) {
        return SUCCESS;
      }
      return status.httpCode() == 503 ? IGNORED : FAILURE;
    }
  }

  private final CircuitBreakerSettings settings;
  private final FailureWindow window;
  private BreakerState state = BreakerState.CLOSED;
  // Grows with each change of state: the permit of a call tells in which state it was made.
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

  /** Returns a permit for one call, which ends with {@link #record}; or {@link #REFUSED}. */
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
   * The call with {@code permit} has ended.
   *
   * @return whether the breaker has opened or closed by this end
   */
  boolean record(long permit, Result result, long nowNanos) {
    // A call that began in an earlier state says nothing about the present one.
    if (permit != epoch || !settings.enabled()) {
      return false;
    }
    if (state == BreakerState.HALF_OPEN) {
      return onProbe(result, nowNanos);
    }
    if (result == Result.IGNORED) {
      return false;
    }
    window.add(result == Result.FAILURE, nowNanos);
    if (result == Result.FAILURE && isFailing()) {
      open(nowNanos);
      return true;
    }
    return false;
  }

  /** Closes, and forgets all failures: no instance is left of those that failed. */
  void reset() {
    window.clear();
    if (state != BreakerState.CLOSED) {
      become(BreakerState.CLOSED);
    }
  }

  BreakerState state() {
    return state;
  }

  /** Why the breaker is not closed, like {@code 20 of its last 30 calls failed}. */
  String reason() {
    return "%d of its last %d calls failed".formatted(failures, calls);
  }

  /** The time until a probe is let through; zero when the breaker is not open. */
  Duration remaining(long nowNanos) {
    return Duration.ofNanos(remainingNanos(nowNanos));
  }

  CallReport.CircuitBreaker report(long nowNanos, Instant now) {
    window.moveTo(nowNanos);
    Instant openUntil = state == BreakerState.OPEN ? now.plusNanos(remainingNanos(nowNanos)) : null;
    return new CallReport.CircuitBreaker(
        state, openUntil, window.calls(), window.failures(), opened, refused);
  }

  private boolean onProbe(Result result, long nowNanos) {
    probing = false;
    switch (result) {
      case SUCCESS -> become(BreakerState.CLOSED);
      case FAILURE -> open(nowNanos);
      case IGNORED -> {
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
    // When a probe fails, the reason stays the one for which the breaker opened at first.
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
