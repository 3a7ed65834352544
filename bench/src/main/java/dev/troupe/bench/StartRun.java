package dev.troupe.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * One start of the product.
 *
 * @param wallSeconds from the command to the answer of the first order
 * @param started figures at that moment, by slot, the launcher among them
 * @param idle figures some time later
 * @param idleSeconds that passed until {@code rested}
 */
record StartRun(
    double wallSeconds,
    Map<String, ProcessFigures> started,
    Map<String, ProcessFigures> idle,
    double idleSeconds,
    Map<String, ProcessFigures> rested) {
  /** A figure of a start, of one process or of all. */
  enum Figure {
    CPU("CPU s", "CPU s until the first order", StartRun::cpuSeconds),
    RSS("RSS MB", "RSS MB at rest", figures -> figures.idle.rssMegabytes()),
    PSS("PSS MB", "PSS MB at rest", figures -> figures.idle.pssMegabytes()),
    IDLE("idle CPU %", "CPU at rest, % of a core", StartRun::idlePercent);

    private final String heading;
    private final String text;
    private final ToDoubleFunction<Of> value;

    Figure(String heading, String text, ToDoubleFunction<Of> value) {
      this.heading = heading;
      this.text = text;
      this.value = value;
    }

    String heading() {
      return heading;
    }

    String text() {
      return text;
    }

    double of(Of figures) {
      return value.applyAsDouble(figures);
    }
  }

  /** What belongs together: of one process, or the sums. */
  record Of(ProcessFigures started, ProcessFigures idle, double seconds, ProcessFigures rested) {}

  Of all() {
    return new Of(
        ProcessFigures.sum(started.values()),
        ProcessFigures.sum(idle.values()),
        idleSeconds,
        ProcessFigures.sum(rested.values()));
  }

  Map<String, Of> each() {
    Map<String, Of> each = new TreeMap<>();
    started.forEach(
        (slot, figures) ->
            each.put(slot, new Of(figures, idle.get(slot), idleSeconds, rested.get(slot))));
    return each;
  }

  private static double cpuSeconds(Of figures) {
    return figures.started.cpuSeconds();
  }

  private static double idlePercent(Of figures) {
    return 100 * (figures.rested.cpuSeconds() - figures.idle.cpuSeconds()) / figures.seconds;
  }
}
