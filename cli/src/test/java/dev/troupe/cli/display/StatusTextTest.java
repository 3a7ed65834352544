package dev.troupe.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.ClusterStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    ClusterStatus status =
        new ClusterStatus(
            "http://127.0.0.1:5000",
            List.of(Slots.running("seed-1", 7), Slots.running("NotificationService-1", 123456)));

    assertThat(StatusText.lines(status, Slots.SINCE.plusSeconds(130)))
        .containsExactly(
            "SLOT                   SERVICE              PID     STATE    GENERATION  SINCE   "
                + "RESTARTS  REASON",
            "seed-1                 seed                 7       running  1           2m 10s  0",
            "NotificationService-1  NotificationService  123456  running  1           2m 10s  0",
            "",
            "Gateway: http://127.0.0.1:5000");
  }

  @Test
  void aFailedSlotIsExplainedBelowTheTable() {
    ClusterStatus status = new ClusterStatus(null, List.of(Slots.failed("UserService-1")));

    assertThat(StatusText.lines(status, Slots.SINCE))
        .containsSubsequence(
            "",
            "UserService-1 failed (exit code 137, SIGKILL): restarted 3 times in 60 s",
            "  | first line",
            "  | last line",
            "",
            "Gateway: not ready");
  }
}
