package dev.troupe.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class StallDetectorTest {
  private static final int PATIENCE = 2;

  private final WorkProgress progress = new WorkProgress();
  private final Queue<Runnable> line = new ArrayDeque<>();
  private final StallDetector detector =
      new StallDetector(new MonitoredWork(progress, line::add), PATIENCE);

  @Test
  void workThatTakesItsProbesGoesOn() {
    for (int look = 0; look < 10; look++) {
      assertThat(detector.look()).isEmpty();
      line.remove().run();
    }
  }

  @Test
  void workThatIsStuckIsStalledAfterTheProbeAndTwoMoreLooks() {
    progress.began("create_user, request 1");

    assertThat(detector.look()).as("sends the probe").isEmpty();
    assertThat(detector.look()).isEmpty();
    assertThat(detector.look())
        .hasValueSatisfying(reason -> assertThat(reason).contains("create_user, request 1"));
    assertThat(line).as("one probe at a time").hasSize(1);
  }

  @Test
  void aLineThatIsLongButMovesIsNotStalled() {
    for (int look = 0; look < 10; look++) {
      progress.began("slow");
      progress.ended();
      assertThat(detector.look()).isEmpty();
    }
    assertThat(line).as("the probe still waits").hasSize(1);
  }

  @Test
  void whoseThreadsAreAllTakenIsStalledToo() {
    detector.look();
    detector.look();

    assertThat(detector.look())
        .hasValueSatisfying(reason -> assertThat(reason).contains("no thread"));
  }

  @Test
  void whoGetsOnAgainIsWellAgain() {
    detector.look();
    detector.look();
    assertThat(detector.look()).isPresent();

    line.remove().run();

    assertThat(detector.look()).isEmpty();
    assertThat(detector.look()).isEmpty();
  }

  @Test
  void whoWasStoppedForAnHourHasLookedOnce() {
    detector.look();
    // An hour passes, in which nobody looks.
    assertThat(detector.look()).isEmpty();
  }
}
