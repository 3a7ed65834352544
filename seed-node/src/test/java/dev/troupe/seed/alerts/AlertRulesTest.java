package dev.troupe.seed.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeadWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AlertRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final AlertRules RULES = new AlertRules(100);

  private static SlotStatus slot(
      String name, SlotState state, int restarts, @Nullable String reason) {
    String service = name.substring(0, name.indexOf('-'));
    return new SlotStatus(
        name, service, state, 1, 1L, null, NOW, null, restarts, 3, null, reason, List.of());
  }

  private static ClusterStatus status(SlotStatus... slots) {
    return new ClusterStatus(null, List.of(slots));
  }

  private static Observation observation(ClusterStatus status) {
    return new Observation(NOW, status, List.of(), List.of(), List.of(), OptionalInt.empty());
  }

  private static Observation events(ClusterStatus status, Event... events) {
    return new Observation(NOW, status, List.of(events), List.of(), List.of(), OptionalInt.empty());
  }

  private static Observation calls(BreakerState state, int calls, int failures, int waiting) {
    CallReport report =
        new CallReport(
            new CallReport.WaitingRoom(waiting, 0, 0, 0, 0, 0),
            new CallReport.Timeout(5000, 0),
            new CallReport.CircuitBreaker(state, null, calls, failures, 0, 0),
            new CallReport.Bulkhead(0, 64, 0),
            new CallReport.RetryBudget(0, 0, 10),
            List.of());
    return new Observation(
        NOW,
        status(slot("A-1", SlotState.RUNNING, 0, null)),
        List.of(),
        List.of(new Observation.Calls("gateway-1", "A", report)),
        List.of(),
        OptionalInt.empty());
  }

  private static Event relaunch(Duration ago, @Nullable Initiator by) {
    return Event.of(NOW.minus(ago), "A-1", EventKind.RELAUNCHING, 2, null).by(by);
  }

  private static List<AlertKind> kinds(Observation observation) {
    return RULES.problems(observation).stream().map(Problem::kind).toList();
  }

  @Test
  void whatIsWellIsNoProblem() {
    assertThat(RULES.problems(observation(status(slot("A-1", SlotState.RUNNING, 2, null)))))
        .isEmpty();
    assertThat(RULES.problems(calls(BreakerState.CLOSED, 1000, 50, 80))).isEmpty();
  }

  @Test
  void failedSlotsOfAServiceAreOneProblem() {
    ClusterStatus status =
        status(
            slot("A-1", SlotState.FAILED, 3, "exit code 1"),
            slot("A-2", SlotState.FAILED, 3, "exit code 1"),
            slot("B-1", SlotState.UNHEALTHY, 0, "no database"));

    assertThat(RULES.problems(observation(status)))
        .containsExactly(
            new Problem(AlertKind.SLOT_FAILED, "A", "A-1", "A-1, A-2 are failed: exit code 1"),
            new Problem(AlertKind.UNHEALTHY, "B", "B-1", "B-1 is unhealthy: no database"));
  }

  @Test
  void twoRelaunchesThatNobodyOrderedAreManyWithinTenMinutes() {
    ClusterStatus fine = status(slot("A-1", SlotState.RUNNING, 2, null));
    Event recent = relaunch(Duration.ofMinutes(1), null);

    assertThat(kinds(events(fine, relaunch(Duration.ofMinutes(9), null), recent)))
        .containsExactly(AlertKind.RELAUNCHED_OFTEN);
    assertThat(kinds(events(fine, relaunch(Duration.ofMinutes(11), null), recent))).isEmpty();
    assertThat(kinds(events(fine, relaunch(Duration.ofMinutes(2), Initiator.OPERATOR), recent)))
        .isEmpty();
  }

  @Test
  void aRelaunchedSeedNodeIsToldButNotAPlannedOne() {
    assertThat(kinds(observation(status(slot("seed-1", SlotState.RUNNING, 1, "was killed")))))
        .containsExactly(AlertKind.SEED_RELAUNCHED);
    assertThat(kinds(observation(status(slot("seed-1", SlotState.RUNNING, 0, null))))).isEmpty();
  }

  @Test
  void anOpenBreakerIsAProblem() {
    assertThat(kinds(calls(BreakerState.OPEN, 10, 10, 0))).containsExactly(AlertKind.BREAKER_OPEN);
    assertThat(kinds(calls(BreakerState.HALF_OPEN, 10, 10, 0)))
        .containsExactly(AlertKind.BREAKER_OPEN);
  }

  @Test
  void moreThanFivePercentOfFiftyCallsAreErrors() {
    assertThat(kinds(calls(BreakerState.CLOSED, 50, 3, 0))).containsExactly(AlertKind.ERRORS);
    assertThat(kinds(calls(BreakerState.CLOSED, 49, 49, 0))).isEmpty();
    assertThat(kinds(calls(BreakerState.CLOSED, 100, 5, 0))).isEmpty();
  }

  @Test
  void aWaitingRoomThatIsAlmostFullIsAProblem() {
    assertThat(kinds(calls(BreakerState.CLOSED, 0, 0, 81)))
        .containsExactly(AlertKind.WAITING_ROOM_FULL);
    assertThat(kinds(calls(BreakerState.CLOSED, 0, 0, 80))).isEmpty();
  }

  @Test
  void whatWasGivenUpIsAProblemOfItsService() {
    List<Observation.Dead> dead =
        List.of(
            new Observation.Dead("N", new DeadWork(DeadWork.Kind.NOTIFICATION, "chat", 1)),
            new Observation.Dead("N", new DeadWork(DeadWork.Kind.NOTIFICATION, "email", 2)),
            new Observation.Dead("N", new DeadWork(DeadWork.Kind.EVENT, "A", 3)));

    assertThat(
            RULES.problems(
                new Observation(NOW, status(), List.of(), List.of(), dead, OptionalInt.empty())))
        .containsExactly(
            new Problem(
                AlertKind.DEAD_NOTIFICATIONS,
                "N",
                null,
                "N has dead notifications, by channel: 1 chat, 2 email"),
            new Problem(AlertKind.DEAD_EVENTS, "N", null, "N has dead events, by source: 3 A"));
  }

  @Test
  void aDiskThatIsAlmostFullIsAProblem() {
    ClusterStatus status = status();

    assertThat(
            kinds(new Observation(NOW, status, List.of(), List.of(), List.of(), OptionalInt.of(9))))
        .containsExactly(AlertKind.DISK_FULL);
    assertThat(
            kinds(
                new Observation(NOW, status, List.of(), List.of(), List.of(), OptionalInt.of(10))))
        .isEmpty();
  }

  @Test
  void ordersBringNoAlertsButAFailedSlot() {
    List<SlotStatus> slots =
        List.of(slot("A-1", SlotState.UNHEALTHY, 0, null), slot("A-2", SlotState.FAILED, 3, null));
    Rollout rollout = new Rollout(1, "A", Rollout.Kind.RESTART, Rollout.State.ROLLING, "1 of 2");

    assertThat(kinds(observation(new ClusterStatus(null, slots, List.of(rollout)))))
        .containsExactly(AlertKind.SLOT_FAILED);
    assertThat(
            kinds(
                observation(
                    status(
                        slot("A-1", SlotState.UNHEALTHY, 0, null),
                        slot("A-2", SlotState.STOPPING, 0, null)))))
        .isEmpty();
  }
}
