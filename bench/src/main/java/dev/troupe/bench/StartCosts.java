package dev.troupe.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one process, or all processes together, used in one start.
 *
 * @param started figures at the first order
 * @param idle figures at the begin of the time at rest
 * @param seconds length of the time at rest
 * @param rested figures at its end
 */
record StartCosts(
    ProcessFigures started, ProcessFigures idle, double seconds, ProcessFigures rested) {
  static final Figure CPU =
      new Figure("CPU s", "CPU s until the first order", costs -> costs.started.cpuSeconds());
  static final List<Figure> FIGURES =
      List.of(
          CPU,
          new Figure("RSS MB", "RSS MB at rest", costs -> costs.idle.rssMegabytes()),
          new Figure("PSS MB", "PSS MB at rest", costs -> costs.idle.pssMegabytes()),
          new Figure("idle CPU %", "CPU at rest, % of a core", StartCosts::idlePercent));

  /**
   * A column or a row of a table.
   *
   * @param heading a short form of {@code text}
   */
  record Figure(String heading, String text, ToDoubleFunction<StartCosts> measure) {}

  private double idlePercent() {
    return 100 * (rested.cpuSeconds() - idle.cpuSeconds()) / seconds;
  }
}
