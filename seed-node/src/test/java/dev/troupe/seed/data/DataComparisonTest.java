package dev.troupe.seed.data;

import static dev.troupe.seed.data.DataProblem.Kind.NO_HEARTBEAT;
import static dev.troupe.seed.data.DataProblem.Kind.NO_REGISTRATION;
import static dev.troupe.seed.data.DataProblem.Kind.OLD_HEARTBEAT;
import static dev.troupe.seed.data.DataProblem.Kind.OLD_REGISTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.DataReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DataComparisonTest {
  private static final String SLOT = "UserService-1";

  private static DataReport report(String node, int dropped, DataReport.Entry... entries) {
    return new DataReport(1, DataReport.VERSION, node, true, List.of(entries), dropped);
  }

  private static DataReport report(String node, DataReport.Entry... entries) {
    return report(node, 0, entries);
  }

  private static DataReport.Entry entry(int registered, int heard, long sequence, long age) {
    return new DataReport.Entry(SLOT, registered, heard, sequence, age);
  }

  private static List<DataProblem> problems(DataReport of, DataReport other) {
    return new DataComparison(List.of(of, other), Duration.ofSeconds(3)).problems(of);
  }

  @Test
  void nodesThatHoldTheSameDoNotDiffer() {
    DataReport one = report("a", entry(2, 2, 7, 100));

    assertThat(problems(one, report("b", entry(2, 2, 7, 9000)))).isEmpty();
    assertThat(problems(one, report("b", entry(2, 2, 8, 10)))).as("a heartbeat later").isEmpty();
  }

  @Test
  void aNodeThatLacksASlotLacksItsRegistrationAndItsHeartbeat() {
    assertThat(problems(report("a"), report("b", entry(2, 2, 7, 100))))
        .containsExactly(
            new DataProblem(SLOT, NO_REGISTRATION, 0, 2, "b"),
            new DataProblem(SLOT, NO_HEARTBEAT, 0, 2, "b"));
    assertThat(problems(report("b", entry(2, 2, 7, 100)), report("a"))).isEmpty();
  }

  @Test
  void aNodeThatHoldsAnEarlierProcessIsBehind() {
    assertThat(problems(report("a", entry(1, 1, 900, 4000)), report("b", entry(2, 2, 1, 100))))
        .containsExactly(
            new DataProblem(SLOT, OLD_REGISTRATION, 1, 2, "b"),
            new DataProblem(SLOT, OLD_HEARTBEAT, 4000, 100, "b"));
  }

  @Test
  void aHeartbeatMayBeOlderByWhatMakesAnInstanceSuspect() {
    DataReport fresh = report("b", entry(1, 1, 9, 100));

    assertThat(problems(report("a", entry(1, 1, 6, 3100)), fresh)).isEmpty();
    assertThat(problems(report("a", entry(1, 1, 6, 3101)), fresh))
        .containsExactly(new DataProblem(SLOT, OLD_HEARTBEAT, 3101, 100, "b"));
  }

  @Test
  void whatHadNoRoomInAReportIsNotMissing() {
    assertThat(problems(report("a", 5), report("b", entry(2, 2, 7, 100)))).isEmpty();
  }
}
