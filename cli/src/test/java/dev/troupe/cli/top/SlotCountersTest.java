package dev.troupe.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SlotCountersTest {
  private static final SlotCounters NOTHING = new SlotCounters();

  private static SlotCounters counters(double upTo10ms, double upTo100ms, double all) {
    SlotCounters counters = new SlotCounters();
    counters.addBucket(0.01, upTo10ms);
    counters.addBucket(0.1, upTo100ms);
    counters.addBucket(Double.POSITIVE_INFINITY, all);
    counters.addRequests(all, false);
    return counters;
  }

  private static @Nullable Double p95(SlotCounters before, SlotCounters now) {
    return now.quantileSince(before, 0.95);
  }

  @Test
  void aQuantileIsEstimatedWithinItsBucket() {
    assertThat(p95(NOTHING, counters(100, 100, 100))).isCloseTo(0.0095, within(1e-9));
    assertThat(p95(NOTHING, counters(90, 100, 100))).isCloseTo(0.055, within(1e-9));
    assertThat(p95(NOTHING, counters(0, 0, 100))).as("above all bounds").isEqualTo(0.1);
  }

  @Test
  void onlyWhatCameSinceCounts() {
    assertThat(p95(counters(1000, 1000, 1000), counters(1000, 1100, 1100)))
        .isCloseTo(0.0955, within(1e-9));
    assertThat(p95(counters(5, 6, 7), counters(5, 6, 7))).as("no requests").isNull();
  }

  @Test
  void ratesAreOfTheTimeBetween() {
    SlotCounters before = counters(10, 10, 10);
    SlotCounters now = counters(30, 30, 30);
    before.addCpuSeconds(5);
    now.addCpuSeconds(6);
    now.addInFlight(3);
    now.addRequests(4, true);

    SlotFigures figures = SlotFigures.between(before, now, 2, 7L);
    assertThat(figures.requestsPerSecond()).isEqualTo(12);
    assertThat(figures.errorsPerSecond()).isEqualTo(2);
    assertThat(figures.cpu()).isEqualTo(0.5);
    assertThat(figures.inFlight()).isEqualTo(3);
    assertThat(figures.memoryBytes()).isEqualTo(7);
  }

  @Test
  void aProcessThatWasReplacedHasNoRatesYet() {
    SlotFigures figures = SlotFigures.between(counters(10, 10, 10), counters(3, 3, 3), 2, null);
    assertThat(figures.requestsPerSecond()).isNull();
    assertThat(figures.p95Seconds()).isNull();
  }

  @Test
  void whatIsNotMeasuredIsNotZero() {
    SlotFigures figures = SlotFigures.between(new SlotCounters(), new SlotCounters(), 2, null);
    assertThat(figures).isEqualTo(new SlotFigures(null, null, null, null, null, null));
  }
}
