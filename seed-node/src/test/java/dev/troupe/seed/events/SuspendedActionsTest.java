package dev.troupe.seed.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SuspendedActionsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final SuspendedActions actions = new SuspendedActions();

  @Test
  void eachSlotThatDiedOfAnActionIsToldOnce() {
    assertThat(actions.update(calling(), AT)).isEmpty();

    List<Event> events = actions.update(calling(suspended(30)), AT);

    assertThat(events).extracting(Event::slot).containsExactly("Users-1", "Users-2");
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.kind()).isEqualTo(EventKind.ACTION_SUSPENDED);
              assertThat(event.reason())
                  .isEqualTo(
                      "gateway-1 suspended crash of Users: Users-1 and Users-2 died with the same"
                          + " request in hand");
            });
    assertThat(actions.update(calling(suspended(29)), AT)).isEmpty();
  }

  @Test
  void whatIsSuspendedAgainIsToldAgain() {
    actions.update(calling(suspended(30)), AT);
    actions.update(calling(), AT);

    assertThat(actions.update(calling(suspended(30)), AT)).hasSize(2);
  }

  private static CallReport.SuspendedAction suspended(long secondsLeft) {
    return new CallReport.SuspendedAction("crash", List.of("Users-1", "Users-2"), secondsLeft, 3);
  }

  private static RegistryView calling(CallReport.SuspendedAction... suspended) {
    CallReport report =
        new CallReport(
            new CallReport.WaitingRoom(0, 0, 0, 0, 0, 0),
            new CallReport.Timeout(5000, 0),
            new CallReport.CircuitBreaker(BreakerState.CLOSED, null, 0, 0, 0, 0),
            new CallReport.Bulkhead(0, 768, 0),
            new CallReport.RetryBudget(0, 0, 1024),
            Arrays.asList(suspended));
    InstanceView gateway =
        new InstanceView(
            new Registration("gateway", "gateway-1", 1, "a", 1, AT, null, AT, "1", null, null),
            new Heartbeat(
                1, 1, 0, AT, InstanceState.READY, null, false, 0, 0, 0, Map.of("Users", report)),
            new MemberView("a", Set.of("gateway"), "Up", true, 1, false, false),
            Duration.ZERO,
            false);
    return new RegistryView(List.of(), Map.of(), List.of(gateway));
  }
}
