package dev.troupe.protocol.settings;

/**
 * How many calls may be sent a second time. What is not used is saved up, to as many as one
 * instance has in flight at most.
 *
 * @param ratio retries that each call adds, 0 to 1
 * @param minPerSecond retries that each second adds, 0 to 1000000
 */
public record RetryBudgetSettings(double ratio, int minPerSecond) {
  static RetryBudgetSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new RetryBudgetSettings(
                s.number("ratio", 0, 1), s.integer("min-per-second", 0, 1_000_000)));
  }
}
