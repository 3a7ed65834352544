package dev.troupe.seed.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.metrics.LoadSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClusterHistoryTest {
  private static final long NOW = 360_000_011;
  private static final TickClock CLOCK = new TickClock(0, NOW * 5_000, 0);

  private final ClusterHistory history = new ClusterHistory(3);

  /** A sample with requests of 2.5 ms to 5 ms. */
  static LoadSample sample(double cpu, long errors, long requests) {
    List<Long> buckets = new ArrayList<>(Collections.nCopies(Percentiles.BUCKETS, 0L));
    buckets.set(3, requests);
    return new LoadSample(
        0, cpu, 1 << 20, 1 << 21, 0.25, errors, requests == 0 ? List.of() : buckets);
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }

  @Test
  void aSlotHasARowForEachTick() {
    history.add("A-1", "A", NOW, sample(0.5, 5, 50));
    history.add("A-1", "A", NOW - 2, sample(0.25, 0, 0));
    HistorySeries series = history.ofSlot("A-1", HistoryRange.MINUTES, CLOCK, NOW).orElseThrow();

    assertThat(series.requestsPerSecond()).hasSize(180).endsWith(0.0, null, 10.0);
    assertThat(series.errorsPerSecond()).endsWith(0.0, null, 1.0);
    assertThat(series.cpu()).endsWith(0.25, null, 0.5);
    assertThat(series.p95Seconds()).endsWith(null, null, 0.00488);
    assertThat(last(series.heapBytes())).isEqualTo(1_050_000);
    assertThat(last(series.residentBytes())).isEqualTo(2_100_000);
    assertThat(last(series.gc())).isEqualTo(0.25);
    assertThat(series.from().toEpochMilli()).isEqualTo((NOW - 179) * 5_000);
    assertThat(series.stepSeconds()).isEqualTo(5);
  }

  @Test
  void aDayHasTheAverageOfEachMinute() {
    // The last twelve ticks are a whole minute, of which one had no process.
    for (long tick = NOW - 10; tick <= NOW; tick++) {
      history.add("A-1", "A", tick, sample(0.5, 0, tick == NOW ? 110 : 0));
    }
    HistorySeries series = history.ofSlot("A-1", HistoryRange.DAY, CLOCK, NOW).orElseThrow();

    assertThat(series.requestsPerSecond()).hasSize(1440).endsWith(null, 2.0);
    assertThat(last(series.cpu())).isEqualTo(0.5);
    assertThat(last(series.p50Seconds())).isEqualTo(0.00375);
    assertThat(series.stepSeconds()).isEqualTo(60);
    assertThat(series.from().toEpochMilli() % 60_000).isZero();
  }

  @Test
  void theClusterCountsTheRequestsOfGatewaysAndTheProcessorsOfAll() {
    history.add("gateway-1", "gateway", NOW, sample(0.5, 5, 50));
    history.add("gateway-2", "gateway", NOW, sample(0.5, 0, 100));
    history.add("A-1", "A", NOW, sample(1, 7, 1000));
    HistorySeries series = history.ofCluster(HistoryRange.MINUTES, CLOCK, NOW);

    assertThat(last(series.requestsPerSecond())).isEqualTo(30);
    assertThat(last(series.errorsPerSecond())).isEqualTo(1);
    assertThat(last(series.cpu())).isEqualTo(2);
  }

  @Test
  void aServiceIsTheSumOfItsSlots() {
    history.add("A-1", "A", NOW, sample(0.5, 0, 50));
    history.add("A-2", "A", NOW, sample(0.5, 0, 50));
    history.add("B-1", "B", NOW, sample(0.5, 0, 50));

    assertThat(
            last(
                history
                    .ofService("A", HistoryRange.MINUTES, CLOCK, NOW)
                    .orElseThrow()
                    .requestsPerSecond()))
        .isEqualTo(20);
    assertThat(history.ofService("C", HistoryRange.MINUTES, CLOCK, NOW)).isEmpty();
    assertThat(history.ofSlot("A-3", HistoryRange.MINUTES, CLOCK, NOW)).isEmpty();
  }

  @Test
  void theSlotThatWasSilentForTheLongestTimeMakesRoom() {
    history.add("A-1", "A", NOW - 3, sample(0, 0, 0));
    history.add("A-2", "A", NOW - 4, sample(0, 0, 0));
    history.add("A-3", "A", NOW - 2, sample(0, 0, 0));
    history.add("A-4", "A", NOW, sample(0, 0, 0));

    assertThat(history.ofSlot("A-2", HistoryRange.MINUTES, CLOCK, NOW)).isEmpty();
    assertThat(history.ofSlot("A-1", HistoryRange.MINUTES, CLOCK, NOW)).isPresent();
    assertThat(history.ofSlot("A-4", HistoryRange.MINUTES, CLOCK, NOW)).isPresent();
  }

  @Test
  void aTableHasTheRowsOfItsTime() {
    history.add("B-1", "B", NOW, sample(0.5, 0, 50));
    history.add("A-1", "A", NOW, sample(0.5, 0, 0));
    history.add("A-1", "A", NOW - 1, sample(0.5, 0, 0));
    history.add("A-1", "A", NOW - 2, sample(0.5, 0, 0));
    Instant from = Instant.ofEpochMilli(CLOCK.millis(NOW - 1));

    assertThat(history.table(from, from.plusSeconds(60), CLOCK, NOW))
        .containsExactly(
            "at,step_seconds,slot,cpu,heap_bytes,resident_bytes,gc,requests_per_second,"
                + "errors_per_second,p50_seconds,p95_seconds,p99_seconds",
            from + ",5,A-1,0.5,1050000.0,2100000.0,0.25,0.0,0.0,,,",
            from.plusSeconds(5) + ",5,A-1,0.5,1050000.0,2100000.0,0.25,0.0,0.0,,,",
            from.plusSeconds(5)
                + ",5,B-1,0.5,1050000.0,2100000.0,0.25,10.0,0.0,0.00375,0.00488,0.00498");
    assertThat(history.table(from, from.plusSeconds(5), CLOCK, NOW)).hasSize(2);
    assertThat(history.table(from.minusSeconds(3600), from.plusSeconds(60), CLOCK, NOW))
        .as("minutes")
        .hasSize(3)
        .allMatch(line -> line.startsWith("at,") || line.contains(",60,"));
  }

  @Test
  void aMalformedSampleIsIgnored() {
    history.add("A-1", "A", NOW, new LoadSample(0, 0, 1, 0, 0, 0, List.of(1L, 2L)));
    history.add("A-1", "A", NOW, new LoadSample(0, 0, 0, 0, 0, 0, List.of()));

    assertThat(history.newest()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void theLatestLoadIsThatOfTheLastHalfMinute() {
    history.add("gateway-1", "gateway", NOW, sample(0.5, 0, 50));
    history.add("gateway-1", "gateway", NOW - 1, sample(0.25, 5, 0));
    history.add("A-1", "A", NOW - 6, sample(1, 0, 1000));
    LatestLoad latest = history.latest(NOW);

    assertThat(latest.slots()).containsOnlyKeys("gateway-1");
    assertThat(latest.slots().get("gateway-1").requestsPerSecond()).isEqualTo(5);
    assertThat(latest.slots().get("gateway-1").cpu()).isEqualTo(0.5);
    assertThat(latest.total().requestsPerSecond()).isEqualTo(5);
    assertThat(latest.total().errorsPerSecond()).isEqualTo(0.5);
  }
}
