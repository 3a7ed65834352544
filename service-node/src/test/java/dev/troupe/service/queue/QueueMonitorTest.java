package dev.troupe.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.metrics.MetricSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class QueueMonitorTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final WorkQueue LOG =
      new WorkQueue(WorkQueue.Kind.DELIVERY, "log", sql -> new QueueLength(0, null, 0));

  private long nanos = Long.MAX_VALUE - 5;
  private final QueueMonitor monitor = new QueueMonitor(() -> nanos);

  @Test
  void whatWaitsGetsOlderBetweenTwoLooks() {
    monitor.measured(Map.of(LOG, new QueueLength(2, NOW.minusSeconds(60), 1)), NOW);
    pass(Duration.ofSeconds(4));

    assertThat(samples())
        .isEqualTo(
            Map.of(
                "troupe_delivery_waiting{channel=log}", 2.0,
                "troupe_delivery_oldest_age_seconds{channel=log}", 64.0,
                "troupe_delivery_dead{channel=log}", 1.0));
  }

  @Test
  void whatDoesNotWaitHasNoAge() {
    monitor.measured(Map.of(LOG, new QueueLength(0, null, 1)), NOW);
    pass(Duration.ofSeconds(4));

    assertThat(samples()).containsEntry("troupe_delivery_oldest_age_seconds{channel=log}", 0.0);
  }

  @Test
  void aClockThatWasSetBackMakesNoAgeNegative() {
    monitor.measured(Map.of(LOG, new QueueLength(2, NOW.plusSeconds(60), 0)), NOW);

    assertThat(samples()).containsEntry("troupe_delivery_oldest_age_seconds{channel=log}", 0.0);
  }

  @Test
  void figuresThatAreTooOldAreMissing() {
    monitor.measured(Map.of(LOG, new QueueLength(2, NOW, 0)), NOW);
    pass(Duration.ofSeconds(30));
    assertThat(samples()).isNotEmpty();
    pass(Duration.ofMillis(1));
    assertThat(samples()).isEmpty();
  }

  @Test
  void aProcessThatDoesNotDoTheWorkSaysNothingOfIt() {
    monitor.measured(Map.of(LOG, new QueueLength(2, NOW, 0)), NOW);
    monitor.beginsToRead("OrderService");
    monitor.clear();
    monitor.readsNoMore("OrderService");

    assertThat(samples()).isEmpty();
  }

  @Test
  void eventsAreUnreadSinceTheLastTimeAllWereRead() {
    monitor.beginsToRead("OrderService");
    pass(Duration.ofSeconds(7));
    monitor.beginsToRead("OrderService");
    assertThat(samples())
        .isEqualTo(Map.of("troupe_outbox_unread_seconds{source=OrderService}", 7.0));

    monitor.hasReadAll("OrderService");
    pass(Duration.ofSeconds(1));
    assertThat(samples())
        .isEqualTo(Map.of("troupe_outbox_unread_seconds{source=OrderService}", 1.0));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private Map<String, Double> samples() {
    MetricSamples samples = new MetricSamples();
    monitor.addTo(samples);
    Map<String, Double> values = new TreeMap<>();
    samples
        .families()
        .forEach(
            family ->
                family
                    .points()
                    .forEach(point -> values.put(family.name() + point.labels(), point.value())));
    return values;
  }
}
