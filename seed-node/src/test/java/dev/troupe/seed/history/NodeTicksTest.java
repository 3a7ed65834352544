package dev.troupe.seed.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.metrics.HistoryReport;
import dev.troupe.protocol.metrics.LoadSample;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class NodeTicksTest {
  private final TickClock clock = new TickClock(0, 0, 0);
  private final NodeTicks ticks = new NodeTicks();

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static HistoryReport report(long process, long tick, long ageMillis) {
    return new HistoryReport(
        1,
        HistoryReport.VERSION,
        "A-1",
        process,
        tick,
        ageMillis,
        List.of(new LoadSample(tick, 0, 1, 0, 0, 0, List.of())));
  }

  @Test
  void aNodeWhoseTicksBeginBetweenThoseOfTheHistoryDoesNotWaver() {
    // Its ticks begin 2.5 s after those of the history, give or take some milliseconds.
    long first = ticks.distance(report(7, 3, 1_000), clock, millis(103_490));
    long second = ticks.distance(report(7, 15, 1_000), clock, millis(163_510));

    assertThat(first).isEqualTo(17);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aNewProcessHasAnotherDistance() {
    ticks.distance(report(7, 100, 0), clock, millis(500_000));

    assertThat(ticks.distance(report(8, 2, 0), clock, millis(525_000))).isEqualTo(103);
    assertThat(ticks.process("A-1")).isEqualTo(8);
    assertThat(ticks.newest("A-1")).isEqualTo(2);
  }

  @Test
  void aReportWithoutNewsForgetsNothing() {
    ticks.distance(report(7, 100, 0), clock, millis(500_000));
    ticks.distance(
        new HistoryReport(2, HistoryReport.VERSION, "A-1", 7, 100, 4_000, List.of()),
        clock,
        millis(504_000));

    assertThat(ticks.newest("A-1")).isEqualTo(100);
    ticks.retain(Set.of());
    assertThat(ticks.newest("A-1")).isEqualTo(-1);
  }
}
