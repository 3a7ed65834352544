package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HangDetectorTest {
  private final HangDetector detector =
      new HangDetector(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ZERO);

  @Test
  void silenceBeyondTheHeartbeatTimeoutIsAHang() {
    detector.onAnswer(seconds(1));
    miss(4, 7, 10);
    assertThat(detector.isHung()).isFalse();
    miss(11);

    assertThat(detector.isHung()).isTrue();
    assertThat(detector.silence()).isEqualTo(seconds(10));
  }

  @Test
  void anAnswerForgivesEarlierMisses() {
    detector.onAnswer(seconds(1));
    miss(4, 7);
    detector.onAnswer(seconds(9));
    miss(12, 15, 18);

    assertThat(detector.isHung()).isFalse();
  }

  @Test
  void aStartMayTakeAsLongAsThatOfOthers() {
    miss(1, 10, 20, 30, 40, 50, 59);
    assertThat(detector.isHung()).isFalse();
    miss(60);

    assertThat(detector.isHung()).isTrue();
  }

  @Test
  void whoWasSuspendedItselfJudgesNobodyForTheWholeTimeout() {
    detector.onAnswer(seconds(1));
    miss(4, 7);
    // 45 seconds in which nobody on this machine ran.
    miss(52, 55, 58);
    assertThat(detector.isHung()).isFalse();
    miss(62);

    assertThat(detector.isHung()).isTrue();
  }

  @Test
  void oneLateAnswerIsNoHang() {
    HangDetector strict =
        new HangDetector(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ZERO);
    strict.onAnswer(seconds(1));
    strict.onMiss(seconds(4));

    assertThat(strict.isHung()).isFalse();
  }

  private void miss(long... times) {
    for (long time : times) {
      detector.onMiss(seconds(time));
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
