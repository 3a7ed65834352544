package dev.troupe.protocol.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
  @Test
  void itPassesByTheMonotonicClock() {
    Deadline deadline = Deadline.after(Duration.ofNanos(10), -5);

    assertThat(deadline.hasPassed(4)).isFalse();
    assertThat(deadline.hasPassed(5)).isTrue();
  }

  @Test
  void aClockThatRunsOverIsNoReasonToBeLate() {
    Deadline deadline = Deadline.after(Duration.ofNanos(10), Long.MAX_VALUE - 5);

    assertThat(deadline.hasPassed(Long.MAX_VALUE)).isFalse();
    assertThat(deadline.hasPassed(Long.MIN_VALUE + 5)).isTrue();
  }

  @Test
  void whatIsLeftIsNeverLessThanNothing() {
    assertThat(Deadline.after(Duration.ofSeconds(-1)).left()).isZero();
    assertThat(Deadline.after(Duration.ofMinutes(1)).millisLeft()).isBetween(50_000L, 60_000L);
  }

  @Test
  void theEarlierOfTwoCounts() {
    Deadline soon = Deadline.after(Duration.ofSeconds(1));

    assertThat(Deadline.NEVER.orEarlier(soon)).isEqualTo(soon);
    assertThat(soon.orEarlier(Deadline.NEVER)).isEqualTo(soon);
    assertThat(soon.orEarlier(soon.earlierBy(Duration.ofNanos(1)))).isNotEqualTo(soon);
  }

  @Test
  void whatAnotherProcessSaysIsLeftIsBound() {
    assertThat(Deadline.afterMillis(Long.MAX_VALUE).hasPassed()).isFalse();
    assertThat(Deadline.afterMillis(Long.MIN_VALUE).hasPassed()).isTrue();
  }
}
