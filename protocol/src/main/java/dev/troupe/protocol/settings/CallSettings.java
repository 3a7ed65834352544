package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * What bounds the calls of one service, at each node that calls it.
 *
 * @param maxInFlight requests one instance works on at a time; more are sent elsewhere or refused
 * @param requestTimeout how long an instance may take for a call
 * @param suspendActionFor how long an action is not called that two processes died of
 * @param maxCalls calls of one node that have no answer yet, waiting ones included
 * @param maxReplyBytes the largest body of a reply; in place of a larger one callers get 500
 * @param maxInFlightBytes bodies of the requests that one instance works on at a time, together
 */
public record CallSettings(
    int maxInFlight,
    Duration requestTimeout,
    int maxCalls,
    CircuitBreakerSettings circuitBreaker,
    RetryBudgetSettings retryBudget,
    Duration suspendActionFor,
    long maxReplyBytes,
    long maxInFlightBytes) {

  /** Takes its keys from among those of a service. */
  static CallSettings read(Section service) {
    return new CallSettings(
        service.integer("max-in-flight", 1, 1_000_000),
        service.duration("request-timeout", Limits.MILLISECOND, Limits.HOUR),
        Section.finish(
            service.section("bulkhead"), bulkhead -> bulkhead.integer("max-calls", 1, 1_000_000)),
        CircuitBreakerSettings.read(service.section("circuit-breaker")),
        RetryBudgetSettings.read(service.section("retry-budget")),
        service.duration("suspend-action-for", Limits.SECOND, Limits.HOUR),
        service.bytes("max-reply", 1, Limits.GIB),
        service.bytes("max-in-flight-bytes", 1, 16 * Limits.GIB));
  }
}
