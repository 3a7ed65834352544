package dev.troupe.node.call;

import static dev.troupe.node.call.CircuitBreaker.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.call.CircuitBreaker.Result;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CircuitBreakerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final CircuitBreaker breaker = breaker(true);
  private long now;

  @Test
  void itStaysClosedWhileFewerFailThanTheRate() {
    for (int call = 0; call < 100; call++) {
      end(Result.SUCCESS);
      end(Result.SUCCESS);
      end(Result.FAILURE);
    }

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aFewFailuresSayNothing() {
    end(Result.FAILURE);
    end(Result.FAILURE);
    end(Result.FAILURE);

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void itOpensWhenTheRateIsReachedAndRefusesAll() {
    fail();

    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.reason()).isEqualTo("2 of its last 4 calls failed");
    assertThat(breaker.acquire(now)).isEqualTo(REFUSED);
    now += SECOND;
    assertThat(breaker.acquire(now)).isEqualTo(REFUSED);
    assertThat(openUntil()).isEqualTo(Instant.EPOCH.plusSeconds(4));
  }

  @Test
  void oldFailuresDoNotOpenIt() {
    end(Result.SUCCESS);
    end(Result.SUCCESS);
    end(Result.FAILURE);
    now += 11 * SECOND;

    end(Result.FAILURE);

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void whatSaysNothingDoesNotCount() {
    for (int call = 0; call < 100; call++) {
      assertThat(end(Result.IGNORED)).isFalse();
    }
    end(Result.FAILURE);

    assertThat(breaker.report(now, Instant.EPOCH).calls()).isEqualTo(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void afterItsTimeOneProbeIsLetThroughAndClosesItIfItSucceeds() {
    fail();
    now += 5 * SECOND;

    long probe = breaker.acquire(now);
    assertThat(probe).isNotEqualTo(REFUSED);
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.acquire(now)).isEqualTo(REFUSED);

    assertThat(breaker.record(probe, Result.SUCCESS, now)).isTrue();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    end(Result.FAILURE);
    assertThat(breaker.state()).as("it starts afresh").isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aProbeThatFailsOpensItForAsLongAgain() {
    fail();
    now += 5 * SECOND;

    assertThat(breaker.record(breaker.acquire(now), Result.FAILURE, now)).isTrue();

    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(openUntil()).isEqualTo(Instant.EPOCH.plusSeconds(5));
    assertThat(breaker.reason()).isEqualTo("2 of its last 4 calls failed");
    assertThat(breaker.acquire(now + 4 * SECOND)).isEqualTo(REFUSED);
    assertThat(breaker.acquire(now + 5 * SECOND)).isNotEqualTo(REFUSED);
  }

  @Test
  void aProbeThatSaysNothingMakesRoomForTheNext() {
    fail();
    now += 5 * SECOND;

    breaker.record(breaker.acquire(now), Result.IGNORED, now);

    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.acquire(now)).isNotEqualTo(REFUSED);
  }

  @Test
  void anAnswerToWhatWasAskedBeforeItOpenedDecidesNothing() {
    long early = breaker.acquire(now);
    fail();
    now += 5 * SECOND;
    long probe = breaker.acquire(now);

    assertThat(breaker.record(early, Result.SUCCESS, now)).isFalse();
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.acquire(now)).as("the probe is still out").isEqualTo(REFUSED);

    breaker.record(probe, Result.SUCCESS, now);
    assertThat(breaker.record(early, Result.FAILURE, now)).isFalse();
    assertThat(breaker.report(now, Instant.EPOCH).failures()).isZero();
  }

  @Test
  void itCanBeReset() {
    fail();

    breaker.reset();

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.acquire(now)).isNotEqualTo(REFUSED);
  }

  @Test
  void oneThatIsOffNeverOpens() {
    CircuitBreaker off = breaker(false);
    for (int call = 0; call < 100; call++) {
      assertThat(off.record(off.acquire(now), Result.FAILURE, now)).isFalse();
    }

    assertThat(off.acquire(now)).isNotEqualTo(REFUSED);
  }

  @Test
  void theReportHasStateAndTotals() {
    end(Result.SUCCESS);
    end(Result.FAILURE);
    assertThat(breaker.report(now, Instant.EPOCH))
        .isEqualTo(new CallReport.CircuitBreaker(BreakerState.CLOSED, null, 2, 1, 0, 0));

    end(Result.FAILURE);
    end(Result.FAILURE);
    breaker.acquire(now);
    assertThat(breaker.report(now, Instant.EPOCH))
        .isEqualTo(
            new CallReport.CircuitBreaker(
                BreakerState.OPEN, Instant.EPOCH.plusSeconds(5), 0, 0, 1, 1));
  }

  @Test
  void theMistakesOfCallersAreNoFailuresOfTheService() {
    assertThat(Arrays.stream(ReplyStatus.values()).filter(status -> status.httpCode() < 500))
        .allSatisfy(status -> assertThat(Result.of(status)).isEqualTo(Result.SUCCESS));
  }

  @Test
  void unexpectedFailuresAndLateRepliesAreFailures() {
    assertThat(Result.of(ReplyStatus.FAILED)).isEqualTo(Result.FAILURE);
    assertThat(Result.of(ReplyStatus.DEADLINE)).isEqualTo(Result.FAILURE);
  }

  @Test
  void anInstanceThatDeclinesInGoodOrderSaysNothingOfTheService() {
    assertThat(Arrays.stream(ReplyStatus.values()).filter(status -> status.httpCode() == 503))
        .hasSize(3)
        .allSatisfy(status -> assertThat(Result.of(status)).isEqualTo(Result.IGNORED));
  }

  private @Nullable Instant openUntil() {
    return breaker.report(now, Instant.EPOCH).openUntil();
  }

  private boolean end(Result result) {
    return breaker.record(breaker.acquire(now), result, now);
  }

  private void fail() {
    end(Result.SUCCESS);
    end(Result.SUCCESS);
    assertThat(end(Result.FAILURE)).isFalse();
    assertThat(end(Result.FAILURE)).isTrue();
  }

  private static CircuitBreaker breaker(boolean enabled) {
    return new CircuitBreaker(
        new CircuitBreakerSettings(enabled, 0.5, 4, Duration.ofSeconds(10), Duration.ofSeconds(5)),
        0);
  }
}
