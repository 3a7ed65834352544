package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * When calls of a failing service are refused without asking it.
 *
 * @param failureRate the share of failed calls that opens the breaker, 0.01 to 1
 * @param minCalls calls in the window below which their share says nothing, 1 to 1000000
 * @param window how far back calls count
 * @param openFor how long all calls are refused; then one is let through as a probe
 */
public record CircuitBreakerSettings(
    boolean enabled, double failureRate, int minCalls, Duration window, Duration openFor) {
  static CircuitBreakerSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new CircuitBreakerSettings(
                s.flag("enabled"),
                s.number("failure-rate", 0.01, 1),
                s.integer("min-calls", 1, 1_000_000),
                s.duration("window", Limits.SECOND, Limits.HOUR),
                s.duration("open-for", Limits.MILLISECOND, Limits.HOUR)));
  }
}
