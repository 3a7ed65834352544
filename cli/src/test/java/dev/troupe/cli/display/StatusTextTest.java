package dev.troupe.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
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
  void theReasonOfARefusalToStartIsPrintedOnce() {
    SlotStatus refused =
        new SlotStatus(
            "A-1",
            "A",
            SlotState.FAILED,
            1,
            null,
            null,
            Slots.SINCE,
            null,
            0,
            3,
            86,
            "refused to start (exit code 86): A.db is empty",
            List.of(
                "12:00 INFO  Main - begins",
                "troupe-exit 86: A.db is empty",
                "12:00 ERROR Main - refuses to start: A.db is empty"));

    assertThat(StatusText.lines(new ClusterStatus(null, List.of(refused)), Slots.SINCE))
        .containsExactly(
            "SLOT  SERVICE  PID  STATE   GENERATION  SINCE  RESTARTS  REASON",
            "A-1   A        -    failed  1           0s     0         see below",
            "",
            "A-1 failed: refused to start (exit code 86): A.db is empty",
            "  | 12:00 INFO  Main - begins",
            "",
            "Gateway: not ready");
  }

  @Test
  void aFailedSlotIsExplainedBelowTheTable() {
    ClusterStatus status = new ClusterStatus(null, List.of(Slots.failed("UserService-1")));

    assertThat(StatusText.lines(status, Slots.SINCE))
        .containsSubsequence(
            "",
            "UserService-1 failed: restarted 3 times in 60 s",
            "  | first line",
            "  | last line",
            "",
            "Gateway: not ready");
  }
}
