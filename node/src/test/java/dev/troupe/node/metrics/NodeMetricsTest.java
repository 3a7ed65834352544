package dev.troupe.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricKind;
import dev.troupe.protocol.metrics.MetricPoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
  private static final String HELP = "For this test.";

  private final NodeMetrics metrics = NodeMetrics.of(true);

  @Test
  void aDurationFallsIntoTheFirstBucketThatIsNotBelowIt() {
    Histogram histogram = metrics.histogram("wait_seconds", HELP, Map.of());

    histogram.record(TimeUnit.MICROSECONDS.toNanos(500));
    histogram.record(TimeUnit.MICROSECONDS.toNanos(501));
    histogram.record(TimeUnit.SECONDS.toNanos(11));

    assertThat(histogram.counts())
        .containsExactly(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
    assertThat(histogram.sumSeconds()).isEqualTo(11.001001);
  }

  @Test
  void oneNameWithTheSameLabelsIsOneFigure() {
    metrics.counter("done", HELP, Map.of("how", "well")).increment();
    metrics.counter("done", HELP, Map.of("how", "well")).increment();
    metrics.counter("done", HELP, Map.of("how", "badly")).increment();

    assertThat(metrics.samples().families())
        .containsExactly(
            new MetricFamily(
                "done",
                MetricKind.COUNTER,
                HELP,
                List.of(),
                List.of(
                    new MetricPoint(Map.of("how", "well"), 2),
                    new MetricPoint(Map.of("how", "badly"), 1))));
  }

  @Test
  void whatIsOffHasNoSamples() {
    NodeMetrics off = NodeMetrics.of(false);

    off.counter("done", HELP, Map.of()).increment();
    off.add(samples -> samples.gauge("depth", HELP, Map.of(), 1));
    CallTimers.ofServer(off, "Echo", List.of("echo")).record("echo", ReplyStatus.OK, 1);

    assertThat(off.samples().families()).isEmpty();
  }

  @Test
  void handlesAreBounded() {
    for (int i = 0; i < NodeMetrics.MOST_HANDLES + 10; i++) {
      metrics.counter("done", HELP, Map.of("number", String.valueOf(i))).increment();
    }

    assertThat(points(metrics.samples())).hasSize(NodeMetrics.MOST_HANDLES);
  }

  @Test
  void samplesAreBoundedInBytesAndTellWhatTheyLack() {
    MetricSamples samples = new MetricSamples(1_000);
    for (int i = 0; i < 20; i++) {
      samples.gauge("depth", HELP, Map.of("queue", "q" + i), i);
    }

    assertThat(samples.dropped()).isPositive();
    assertThat(points(samples)).hasSize((int) (20 - samples.dropped())).isNotEmpty();
  }

  @Test
  void aSourceThatFailsTakesNoOtherWithIt() {
    metrics.add(
        samples -> {
          throw new IllegalStateException("the source of this test");
        });
    metrics.add(samples -> samples.gauge("depth", HELP, Map.of(), 3));

    assertThat(points(metrics.samples())).containsExactly(new MetricPoint(Map.of(), 3));
  }

  @Test
  void actionsThatAServiceDoesNotHaveAreOne() {
    CallTimers timers = CallTimers.ofServer(metrics, "Echo", List.of("echo"));

    timers.record("echo", ReplyStatus.OK, 1);
    timers.record("guessed", ReplyStatus.NOT_FOUND, 1);
    timers.record("another", ReplyStatus.NOT_FOUND, 1);

    assertThat(points(metrics.samples()))
        .extracting(point -> point.labels().get("rpc_method"), point -> point.buckets().get(0))
        .containsExactlyInAnyOrder(tuple("echo", 1L), tuple(CallTimers.OTHER, 2L));
  }

  @Test
  void theActionsOfACallerAreBounded() {
    CallTimers timers = CallTimers.ofClient(metrics, "Echo");
    for (int i = 0; i < CallTimers.MOST_ACTIONS + 5; i++) {
      timers.record("action-" + i, ReplyStatus.OK, 1);
    }

    assertThat(points(metrics.samples()))
        .hasSize(CallTimers.MOST_ACTIONS + 1)
        .anyMatch(
            point ->
                CallTimers.OTHER.equals(point.labels().get("rpc_method"))
                    && point.buckets().get(0) == 5);
  }

  @Test
  void aJvmTellsItsMemoryItsCpuAndItsThreads() {
    metrics.add(new JvmMetrics());

    assertThat(metrics.samples().families())
        .extracting(MetricFamily::name)
        .contains(
            "jvm_memory_used_bytes",
            "jvm_gc_collections",
            "jvm_threads_current",
            "process_cpu_seconds");
  }

  private static List<MetricPoint> points(MetricSamples samples) {
    return samples.families().stream().flatMap(family -> family.points().stream()).toList();
  }
}
