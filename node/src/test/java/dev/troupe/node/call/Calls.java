package dev.troupe.node.call;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.settings.CallSettings;
import dev.troupe.protocol.settings.CircuitBreakerSettings;
import dev.troupe.protocol.settings.RetryBudgetSettings;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Bounds of calls, for tests to choose from. */
final class Calls {
  static final Duration SUSPENDED_FOR = Duration.ofSeconds(30);
  static final Duration OPEN_FOR = Duration.ofSeconds(10);

  /** What no healthy service notices. */
  static final CallSettings LENIENT = with(1024, 768, 20, new RetryBudgetSettings(0.2, 10));

  private Calls() {}

  /** One that opens when two of four calls failed. */
  static CallSettings nervous() {
    return nervous(1024);
  }

  static CallSettings nervous(int maxInFlight) {
    return with(maxInFlight, 768, 4, new RetryBudgetSettings(0.2, 10));
  }

  static CallSettings atMost(int maxCalls) {
    return with(1024, maxCalls, 20, new RetryBudgetSettings(0.2, 10));
  }

  /** Each instance works on so many at a time, and so many retries are saved up. */
  static CallSettings inFlight(int maxInFlight) {
    return with(maxInFlight, 768, 20, new RetryBudgetSettings(0, 1));
  }

  /** An instance may take so long. */
  static CallSettings within(Duration timeout) {
    return new CallSettings(
        LENIENT.maxInFlight(),
        timeout,
        LENIENT.maxCalls(),
        LENIENT.circuitBreaker(),
        LENIENT.retryBudget(),
        LENIENT.suspendActionFor(),
        LENIENT.maxReplyBytes(),
        LENIENT.maxInFlightBytes());
  }

  static CallSettings retrying(double ratio, int minPerSecond) {
    return with(2, 768, 20, new RetryBudgetSettings(ratio, minPerSecond));
  }

  static WaitingRoomSettings room(int maxRequests, int maxBytes) {
    return new WaitingRoomSettings(maxRequests, maxBytes, Duration.ofMinutes(5));
  }

  /** A call whose caller waits for ever. */
  static PendingCall pending(String requestId) {
    return pending(requestId, 1, Deadline.NEVER);
  }

  static PendingCall pending(String requestId, int size, Deadline deadline) {
    return pending(outbound(requestId, size, deadline));
  }

  static OutboundCall outbound(String requestId, int size, Deadline deadline) {
    return new OutboundCall(
        requestId,
        "Echo",
        "echo",
        true,
        Map.of(),
        QueryParameters.NONE,
        JsonBytes.of("x".repeat(size)),
        deadline,
        null,
        null,
        null);
  }

  static PendingCall pending(OutboundCall call) {
    return new PendingCall(call, new CompletableFuture<>(), pool(LENIENT, room(10, 1000)), 0);
  }

  /** A pool of {@code Echo} without instances. */
  static ServicePool pool(CallSettings calls, WaitingRoomSettings room) {
    return new ServicePool("Echo", calls, room, new ByteBudget(1000), 0);
  }

  private static CallSettings with(
      int maxInFlight, int maxCalls, int minCalls, RetryBudgetSettings budget) {
    return new CallSettings(
        maxInFlight,
        Duration.ofMinutes(5),
        maxCalls,
        new CircuitBreakerSettings(true, 0.5, minCalls, Duration.ofSeconds(10), OPEN_FOR),
        budget,
        SUSPENDED_FOR,
        1 << 24,
        1 << 24);
  }
}
