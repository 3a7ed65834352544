package dev.troupe.node.metrics;

import dev.troupe.protocol.metrics.HistoryReport;
import dev.troupe.protocol.metrics.LoadSample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps the newest samples of the load of this process, one for each tick. Not thread-safe. */
final class LoadRecorder {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(HistoryReport.TICK_MILLIS);

  private final Deque<LoadSample> samples = new ArrayDeque<>(HistoryReport.MOST_SAMPLES);
  private final long beganNanos;
  private ProcessLoad load;
  private AnsweredRequests answered;

  /** Tick 0 begins at {@code load}. */
  LoadRecorder(ProcessLoad load, AnsweredRequests answered) {
    this.beganNanos = load.nanos();
    this.load = load;
    this.answered = answered;
  }

  /** The newest tick that has begun. */
  long tick(long nanos) {
    return Math.floorDiv(nanos - beganNanos, TICK_NANOS);
  }

  /** Since the newest tick began, in ms. */
  long ageMillis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(Math.floorMod(nanos - beganNanos, TICK_NANOS));
  }

  /** Until the next tick begins, in ms; 1 at least. */
  long pauseMillis(long nanos) {
    return HistoryReport.TICK_MILLIS - ageMillis(nanos);
  }

  /** Adds a sample unless this tick has one. */
  void record(ProcessLoad nowLoad, AnsweredRequests nowAnswered) {
    long tick = tick(nowLoad.nanos());
    LoadSample last = samples.peekLast();
    if (last != null && last.tick() >= tick) {
      return;
    }
    if (samples.size() == HistoryReport.MOST_SAMPLES) {
      samples.removeFirst();
    }
    samples.addLast(
        new LoadSample(
            tick,
            nowLoad.cpuSince(load),
            nowLoad.heapBytes(),
            nowLoad.residentBytes(),
            nowLoad.collectingSince(load),
            nowAnswered.errorsSince(answered),
            nowAnswered.bucketsSince(answered)));
    load = nowLoad;
    answered = nowAnswered;
  }

  /** The samples after a tick, the oldest first. */
  List<LoadSample> after(long tick) {
    return samples.stream().filter(sample -> sample.tick() > tick).toList();
  }
}
