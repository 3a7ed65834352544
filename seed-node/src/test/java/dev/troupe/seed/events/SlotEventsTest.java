package dev.troupe.seed.events;

import static dev.troupe.seed.slot.TestStates.ADDRESS;
import static dev.troupe.seed.slot.TestStates.AT;
import static dev.troupe.seed.slot.TestStates.ended;
import static dev.troupe.seed.slot.TestStates.history;
import static dev.troupe.seed.slot.TestStates.ordered;
import static dev.troupe.seed.slot.TestStates.process;
import static dev.troupe.seed.slot.TestStates.ready;
import static dev.troupe.seed.slot.TestStates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.seed.slot.ExitReason;
import dev.troupe.seed.slot.GiveUpReason.BudgetSpent;
import dev.troupe.seed.slot.LifecycleState;
import dev.troupe.seed.slot.StopReason;
import dev.troupe.seed.slot.TestStates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SlotEventsTest {
  private static final StopReason.Failure SILENT = new StopReason.Silent(Duration.ofSeconds(10));

  @Test
  void aFirstLaunchIsAProcessThenReady() {
    LifecycleState pending = new LifecycleState.Pending(history(0));
    LifecycleState waiting = new LifecycleState.AwaitingPermit(history(1));
    LifecycleState spawning = new LifecycleState.Spawning(history(1));
    LifecycleState starting = new LifecycleState.Starting(history(1), process(1, 7));
    LifecycleState joining = new LifecycleState.Joining(history(1), process(1, 7));
    LifecycleState running = new LifecycleState.Running(history(1), ready(1, 7));

    assertThat(SlotEvents.between(null, snapshot(pending))).isEmpty();
    assertThat(between(pending, waiting)).isEmpty();
    assertThat(between(waiting, spawning)).isEmpty();
    assertThat(between(spawning, starting))
        .containsExactly(event(EventKind.LAUNCHED, 1, 7L).withAddress(ADDRESS));
    assertThat(between(starting, joining)).isEmpty();
    assertThat(between(joining, running))
        .containsExactly(event(EventKind.READY, 1, 7L).readyAfter(1500L));
    assertThat(between(running, running)).isEmpty();
  }

  @Test
  void aSlotThatBeginsWithAProcessWasAdopted() {
    LifecycleState adopted = new LifecycleState.Adopted(history(4), process(4, 7));

    assertThat(SlotEvents.between(null, snapshot(adopted)))
        .containsExactly(event(EventKind.ADOPTED, 4, 7L).withAddress(ADDRESS));
  }

  @Test
  void aKilledProcessExitedAndIsRelaunched() {
    String why = "killed by SIGKILL (exit code 137)";
    LifecycleState again = new LifecycleState.AwaitingPermit(history(2, ended(137, "last line")));

    assertThat(between(new LifecycleState.Running(history(1), ready(1, 7)), again))
        .containsExactly(
            event(EventKind.EXITED, 1, 7L).exited(137, List.of("last line")).withReason(why),
            event(EventKind.RELAUNCHING, 2, null).counting(1).withReason(why));
  }

  @Test
  void betweenExitAndRelaunchThereMayBeAWait() {
    LifecycleState starting = new LifecycleState.Joining(history(2), process(2, 7));
    LifecycleState waiting =
        new LifecycleState.BackingOff(history(2, ended(1)), Duration.ofSeconds(1));
    LifecycleState again = new LifecycleState.AwaitingPermit(history(3, ended(1)));

    assertThat(kinds(starting, waiting)).containsExactly(EventKind.EXITED, EventKind.BACKING_OFF);
    assertThat(kinds(waiting, again)).containsExactly(EventKind.RELAUNCHING);
  }

  @Test
  void aSpentBudgetSaysHowTheLastProcessEndedAndWhyNoOtherFollows() {
    LifecycleState failed =
        new LifecycleState.Failed(
            history(4, ended(1, "last line")),
            new BudgetSpent(3, Optional.of(Duration.ofMinutes(1))));

    List<Event> events = between(new LifecycleState.Joining(history(4), process(4, 7)), failed);

    assertThat(events).extracting(Event::kind).containsExactly(EventKind.EXITED, EventKind.FAILED);
    assertThat(events.get(0).reason()).isEqualTo("could not start (exit code 1)");
    assertThat(events.get(1).reason()).isEqualTo("gave up after 3 relaunches in 60 s");
  }

  @Test
  void whatCouldNotBeLaunchedNeverExited() {
    ExitReason why = new ExitReason.LaunchFailed("no port");
    String text = "could not be launched: no port";
    LifecycleState spawning = new LifecycleState.Spawning(history(1));

    assertThat(between(spawning, new LifecycleState.AwaitingPermit(history(2, why))))
        .containsExactly(
            event(EventKind.LAUNCH_FAILED, 1, null).withReason(text),
            event(EventKind.RELAUNCHING, 2, null).counting(1).withReason(text));
    assertThat(
            kinds(
                spawning,
                new LifecycleState.Failed(history(1, why), new BudgetSpent(3, Optional.empty()))))
        .containsExactly(EventKind.LAUNCH_FAILED, EventKind.FAILED);
  }

  @Test
  void aHungProcessIsUnhealthyThenStoppedForIt() {
    LifecycleState running = new LifecycleState.Running(history(1), ready(1, 7));
    LifecycleState hung = new LifecycleState.Dumping(history(1), ready(1, 7), SILENT);

    assertThat(between(running, hung))
        .containsExactly(event(EventKind.UNHEALTHY, 1, 7L).withReason("no heartbeat for 10 s"));
    assertThat(between(hung, stopping(SILENT)))
        .containsExactly(
            event(EventKind.STOPPING, 1, 7L)
                .by(Initiator.SUPERVISOR)
                .withReason("no heartbeat for 10 s"));
  }

  @Test
  void anInstanceWhoseCheckPassesAgainIsHealthy() {
    LifecycleState unwell = new LifecycleState.Unhealthy(history(1), ready(1, 7), "no disk", false);

    assertThat(kinds(unwell, new LifecycleState.Running(history(1), ready(1, 7))))
        .containsExactly(EventKind.HEALTHY);
  }

  @Test
  void anOrderIsNotTakenForAnOldReason() {
    LifecycleState running = new LifecycleState.Running(history(2, ended(137)), ready(2, 7));
    LifecycleState unwell =
        new LifecycleState.Unhealthy(history(2, ended(137)), ready(2, 7), "no database", false);
    LifecycleState again =
        new LifecycleState.AwaitingPermit(
            ordered(3, TestStates.stopped(StopReason.ByOrder.INSTANCE, 143)));

    assertThat(between(running, stopping(StopReason.ByOrder.INSTANCE)))
        .containsExactly(
            event(EventKind.STOPPING, 1, 7L).by(Initiator.OPERATOR).withReason("by order"));
    assertThat(between(unwell, stopping(StopReason.ByOrder.INSTANCE)))
        .containsExactly(
            event(EventKind.STOPPING, 1, 7L).by(Initiator.OPERATOR).withReason("by order"));
    assertThat(between(stopping(StopReason.ByOrder.INSTANCE), again))
        .contains(
            event(EventKind.RELAUNCHING, 3, null)
                .counting(0)
                .by(Initiator.OPERATOR)
                .withReason("by order"));
  }

  @Test
  void aProcessThatEndedByItselfAndRestsWasNotStoppedByOrder() {
    LifecycleState running = new LifecycleState.Running(history(1), ready(1, 7));

    assertThat(between(running, new LifecycleState.Stopped(history(1, ended(0)))))
        .contains(event(EventKind.STOPPED, 1, null).withReason("exit code 0"));
  }

  @Test
  void aSlotThatIsStoppedWhileItWaitsIsStoppedByOrderWhateverWasBefore() {
    LifecycleState failed =
        new LifecycleState.Failed(history(4, ended(1)), new BudgetSpent(3, Optional.empty()));

    assertThat(between(failed, new LifecycleState.Stopped(history(4, ended(1)))))
        .containsExactly(
            event(EventKind.STOPPED, 4, null).by(Initiator.OPERATOR).withReason("by order"));
  }

  @Test
  void anAdoptedProcessIsReadyAfterNobodyKnowsHowLong() {
    LifecycleState adopted = new LifecycleState.Adopted(history(4), TestStates.adopted(4, 7));
    LifecycleState running =
        new LifecycleState.Running(history(4), TestStates.adoptedAndReady(4, 7));

    assertThat(between(adopted, running)).containsExactly(event(EventKind.READY, 4, 7L));
  }

  @Test
  void whatStoppedInOrderLeavesNoLines() {
    LifecycleState stopping = stopping(StopReason.ByOrder.INSTANCE);

    List<Event> obeyed = between(stopping, stopped(143));
    List<Event> crashed = between(stopping, stopped(134));

    assertThat(obeyed)
        .containsExactly(
            event(EventKind.EXITED, 1, 7L)
                .exited(143, List.of())
                .by(Initiator.OPERATOR)
                .withReason("ended by SIGTERM (exit code 143)"),
            event(EventKind.STOPPED, 1, null).by(Initiator.OPERATOR).withReason("by order"));
    assertThat(crashed.get(0).log()).containsExactly("last line");
  }

  private static LifecycleState stopped(int code) {
    return new LifecycleState.Stopped(
        history(1, TestStates.stopped(StopReason.ByOrder.INSTANCE, code, "last line")));
  }

  private static LifecycleState stopping(StopReason reason) {
    return new LifecycleState.Stopping(
        history(1),
        ready(1, 7),
        reason,
        null,
        LifecycleState.Then.REST,
        LifecycleState.StopStage.TERM_SENT);
  }

  private static List<EventKind> kinds(LifecycleState before, LifecycleState now) {
    return between(before, now).stream().map(Event::kind).toList();
  }

  private static List<Event> between(LifecycleState before, LifecycleState now) {
    return SlotEvents.between(snapshot(before), snapshot(now));
  }

  private static Event event(EventKind kind, int generation, Long pid) {
    return Event.of(AT, "A-1", kind, generation, pid);
  }
}
