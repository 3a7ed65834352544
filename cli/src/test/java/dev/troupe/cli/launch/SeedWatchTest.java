package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeedWatchTest {
  private final SeedWatch watch =
      new SeedWatch(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ZERO);

  @Test
  void silenceBeyondTheHeartbeatTimeoutIsAHang() {
    watch.onAnswer(seconds(1));
    miss(4, 7, 10);
    assertThat(watch.isHung()).isFalse();
    miss(11);

    assertThat(watch.isHung()).isTrue();
    assertThat(watch.silence()).isEqualTo(seconds(10));
  }

  @Test
  void anAnswerForgivesEarlierMisses() {
    watch.onAnswer(seconds(1));
    miss(4, 7);
    watch.onAnswer(seconds(9));
    miss(12, 15, 18);

    assertThat(watch.isHung()).isFalse();
  }

  @Test
  void aStartMayTakeAsLongAsThatOfOthers() {
    miss(1, 10, 20, 30, 40, 50, 59);
    assertThat(watch.isHung()).isFalse();
    miss(60);

    assertThat(watch.isHung()).isTrue();
  }

  @Test
  void whoWasSuspendedItselfJudgesNobodyForTheWholeTimeout() {
    watch.onAnswer(seconds(1));
    miss(4, 7);
    // 45 seconds in which nobody on this machine ran.
    miss(52, 55, 58);
    assertThat(watch.isHung()).isFalse();
    miss(62);

    assertThat(watch.isHung()).isTrue();
  }

  @Test
  void oneLateAnswerIsNoHang() {
    SeedWatch strict = new SeedWatch(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ZERO);
    strict.onAnswer(seconds(1));
    strict.onMiss(seconds(4));

    assertThat(strict.isHung()).isFalse();
  }

  private void miss(long... times) {
    for (long time : times) {
      watch.onMiss(seconds(time));
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
