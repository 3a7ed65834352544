package dev.troupe.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeadWork;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which heartbeats are written, and not only sent as a pulse. */
final class HeartbeatWriterTest {
  private static final Heartbeat WRITTEN =
      after(Duration.ZERO, null, calls(0, BreakerState.CLOSED));

  @Test
  void atRestOneAMinuteIsWritten() {
    assertThat(isDue(after(Duration.ofSeconds(59), null, WRITTEN.calls()))).isFalse();
    assertThat(isDue(after(Duration.ofSeconds(60), null, WRITTEN.calls()))).isTrue();
  }

  @Test
  void figuresAboutCallsAreWrittenAFewSecondsLater() {
    assertThat(isDue(after(Duration.ofSeconds(4), null, calls(1, BreakerState.CLOSED)))).isFalse();
    assertThat(isDue(after(Duration.ofSeconds(5), null, calls(1, BreakerState.CLOSED)))).isTrue();
  }

  @Test
  void whatPeopleWantToKnowIsWrittenAtOnce() {
    assertThat(isDue(after(Duration.ofSeconds(1), null, calls(0, BreakerState.OPEN)))).isTrue();
    assertThat(isDue(after(Duration.ofSeconds(1), "no disk", WRITTEN.calls()))).isTrue();
  }

  @Test
  void whatWasGivenUpIsWrittenAtOnce() {
    Heartbeat next = after(Duration.ofSeconds(1), null, WRITTEN.calls());
    DeadWork dead = new DeadWork(DeadWork.Kind.EVENT, "OrderService", 1);

    assertThat(isDue(next)).isFalse();
    assertThat(
            isDue(
                new Heartbeat(
                    next.generation(),
                    next.sequence(),
                    next.uptimeMillis(),
                    next.at(),
                    next.state(),
                    null,
                    false,
                    0,
                    0,
                    0,
                    next.calls(),
                    List.of(dead))))
        .isTrue();
  }

  private static boolean isDue(Heartbeat next) {
    return HeartbeatWriter.isDue(next, WRITTEN);
  }

  private static Heartbeat after(
      Duration uptime, @Nullable String reason, Map<String, CallReport> calls) {
    return new Heartbeat(
        1,
        1 + uptime.toSeconds(),
        uptime.toMillis(),
        Instant.EPOCH.plus(uptime),
        InstanceState.READY,
        reason,
        false,
        0,
        0,
        0,
        calls);
  }

  private static Map<String, CallReport> calls(int failures, BreakerState state) {
    return Map.of(
        "UserService",
        new CallReport(
            new CallReport.WaitingRoom(0, 0, 0, 0, 0, 0),
            new CallReport.Timeout(5000, 0),
            new CallReport.CircuitBreaker(state, null, 20, failures, 0, 0),
            new CallReport.Bulkhead(0, 768, 0),
            new CallReport.RetryBudget(0, 0, 10),
            List.of()));
  }
}
