package dev.troupe.service.queue;

import dev.troupe.node.metrics.MetricSamples;
import dev.troupe.node.metrics.MetricSource;
import dev.troupe.protocol.registry.DeadWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

/**
 * Knows the queues of the service in this process, and how long they were when they were last
 * looked at. Thread-safe.
 */
public final class QueueMonitor implements Extension, MetricSource {
  /** Figures that are older say nothing about now. */
  private static final Duration STALE = Duration.ofSeconds(30);

  private static final double NANOS = 1e9;
  private static final Id ID = new Id();

  private static final class Id extends ExtensionId<QueueMonitor> {
    @Override
    public QueueMonitor createExtension(ActorSystem<?> system) {
      return new QueueMonitor(System::nanoTime);
    }
  }

  /** What one look at all queues has found. */
  private record Measured(Map<WorkQueue, QueueLength> lengths, Instant at, long nanos) {}

  private final LongSupplier nanoTime;
  private final List<WorkQueue> queues = new CopyOnWriteArrayList<>();
  private final Map<String, Long> readAt = new ConcurrentHashMap<>();
  private volatile Measured measured = new Measured(Map.of(), Instant.EPOCH, 0);

  QueueMonitor(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The queues of the service in the process of {@code system}. */
  public static QueueMonitor of(ActorSystem<?> system) {
    return ID.apply(system);
  }

  /** Measures {@code queue} from now on, in the instance that does the background work. */
  public void add(WorkQueue queue) {
    queues.add(queue);
  }

  /** This process reads the events of {@code source} from now on, or again after a failure. */
  public void beginsToRead(String source) {
    readAt.putIfAbsent(source, nanoTime.getAsLong());
  }

  /** This process has now read all events of {@code source}. */
  public void hasReadAll(String source) {
    readAt.put(source, nanoTime.getAsLong());
  }

  /** Another process reads the events of {@code source} from now on. */
  public void readsNoMore(String source) {
    readAt.remove(source);
  }

  /** All queues. */
  public List<WorkQueue> queues() {
    return List.copyOf(queues);
  }

  /**
   * @param at the time of day of the look
   */
  void measured(Map<WorkQueue, QueueLength> lengths, Instant at) {
    measured = new Measured(Map.copyOf(lengths), at, nanoTime.getAsLong());
  }

  /** Another process measures the queues from now on. */
  void clear() {
    measured(Map.of(), Instant.EPOCH);
  }

  /** What was given up, as the last look has found it. */
  public List<DeadWork> dead() {
    List<DeadWork> dead = new ArrayList<>();
    measured
        .lengths()
        .forEach(
            (queue, length) -> {
              if (length.dead() > 0) {
                dead.add(new DeadWork(queue.kind().dead(), queue.name(), length.dead()));
              }
            });
    dead.sort(Comparator.comparing(DeadWork::kind).thenComparing(DeadWork::queue));
    return dead;
  }

  @Override
  public void addTo(MetricSamples samples) {
    long now = nanoTime.getAsLong();
    Measured last = measured;
    if (now - last.nanos() <= STALE.toNanos()) {
      last.lengths()
          .forEach(
              (queue, length) ->
                  add(
                      samples,
                      queue,
                      length,
                      age(length, last.at()) + (now - last.nanos()) / NANOS));
    }
    readAt.forEach(
        (source, at) ->
            samples.gauge(
                "troupe_outbox_unread_seconds",
                "Since the service has last read all events of the source.",
                Map.of("source", source),
                (now - at) / NANOS));
  }

  private static void add(
      MetricSamples samples, WorkQueue queue, QueueLength length, double oldest) {
    WorkQueue.Kind kind = queue.kind();
    Map<String, String> labels = Map.of(kind.label(), queue.name());
    samples.gauge(kind.metric("waiting"), kind.waiting() + ".", labels, length.waiting());
    samples.gauge(
        kind.metric("oldest_age_seconds"),
        "The age of the oldest entry that waits; 0 if none does.",
        labels,
        length.waiting() == 0 ? 0 : oldest);
    samples.gauge(kind.metric("dead"), "Entries that were given up.", labels, length.dead());
  }

  // A clock that was set back makes no age negative.
  private static double age(QueueLength length, Instant now) {
    Instant oldest = length.oldest();
    return oldest == null || oldest.isAfter(now)
        ? 0
        : Duration.between(oldest, now).toMillis() / (double) TimeUnit.SECONDS.toMillis(1);
  }
}
