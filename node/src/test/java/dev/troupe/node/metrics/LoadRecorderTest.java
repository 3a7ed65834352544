package dev.troupe.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.metrics.HistoryReport;
import dev.troupe.protocol.metrics.LoadSample;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoadRecorderTest {
  private static final long BEGIN = -5;

  private final NodeMetrics metrics = NodeMetrics.of(true);
  private final LoadRecorder recorder = new LoadRecorder(load(0, 0), metrics.answered());

  private static ProcessLoad load(long millis, long cpuMillis) {
    return new ProcessLoad(
        BEGIN + TimeUnit.MILLISECONDS.toNanos(millis),
        TimeUnit.MILLISECONDS.toNanos(cpuMillis),
        100,
        200,
        millis / 10);
  }

  private Histogram calls(String status) {
    return metrics.histogram(
        NodeMetrics.CALLS_OF_NODES, "", Map.of("rpc_response_status_code", status));
  }

  @Test
  void aSampleSaysWhatHappenedSinceTheOneBefore() {
    calls("OK").record(0);
    recorder.record(load(5_001, 1_000), metrics.answered());
    calls("NOT_FOUND").record(TimeUnit.MILLISECONDS.toNanos(3));
    calls("UNAVAILABLE").record(TimeUnit.SECONDS.toNanos(60));
    metrics.histogram("other", "", Map.of()).record(0);
    recorder.record(load(10_001, 3_500), metrics.answered());
    recorder.record(load(15_001, 3_500), metrics.answered());

    assertThat(recorder.after(0)).hasSize(3);
    LoadSample second = recorder.after(1).get(0);
    assertThat(second.tick()).isEqualTo(2);
    assertThat(second.cpu()).isEqualTo(0.5);
    assertThat(second.collecting()).isEqualTo(0.1);
    assertThat(second.heapBytes()).isEqualTo(100);
    assertThat(second.residentBytes()).isEqualTo(200);
    assertThat(second.errors()).isEqualTo(1);
    assertThat(second.buckets()).hasSize(15).startsWith(0L, 0L, 0L, 1L).endsWith(0L, 1L);
    assertThat(recorder.after(2).get(0).buckets()).isEmpty();
  }

  @Test
  void errorsOfAGatewayAreResponsesThatBeginWithFive() {
    for (String code : new String[] {"200", "404", "500", "503"}) {
      metrics
          .histogram(NodeMetrics.REQUESTS_OF_CLIENTS, "", Map.of("http_response_status_code", code))
          .record(0);
    }
    recorder.record(load(5_000, 0), metrics.answered());

    assertThat(recorder.after(0).get(0).errors()).isEqualTo(2);
    assertThat(recorder.after(0).get(0).buckets()).startsWith(4L);
  }

  @Test
  void ticksThatWereMissedAreLeftOut() {
    recorder.record(load(5_000, 0), metrics.answered());
    recorder.record(load(5_002, 0), metrics.answered());
    recorder.record(load(60_000, 0), metrics.answered());

    assertThat(recorder.after(0)).extracting(LoadSample::tick).containsExactly(1L, 12L);
  }

  @Test
  void theNewestQuarterOfAnHourIsKept() {
    for (int tick = 1; tick <= 200; tick++) {
      recorder.record(load(tick * 5_000L, 0), metrics.answered());
    }

    assertThat(recorder.after(-1)).hasSize(HistoryReport.MOST_SAMPLES);
    assertThat(recorder.after(-1).get(0).tick()).isEqualTo(21);
    assertThat(recorder.after(199)).hasSize(1);
  }

  @Test
  void theNextTickIsWaitedFor() {
    long nanos = load(5_600, 0).nanos();

    assertThat(recorder.tick(nanos)).isEqualTo(1);
    assertThat(recorder.ageMillis(nanos)).isEqualTo(600);
    assertThat(recorder.pauseMillis(nanos)).isEqualTo(4_400);
  }

  @Test
  void thisProcessIsMeasured() {
    ProcessLoad now = ProcessLoad.now();

    assertThat(now.heapBytes()).isPositive();
    assertThat(now.cpuNanos()).isPositive();
    assertThat(ProcessLoad.resident("Name:\tjava\nVmRSS:\t  123 kB\n")).isEqualTo(125_952);
    assertThat(ProcessLoad.resident("")).isZero();
  }
}
