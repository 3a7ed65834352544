package dev.troupe.seed.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlotEventsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ADDRESS = "pekko://troupe@127.0.0.1:25001";

  @Test
  void aFirstLaunchIsAProcessThenReady() {
    SlotStatus pending = slot(SlotState.PENDING, 0, null, null, null);
    SlotStatus asked = slot(SlotState.LAUNCHING, 1, null, null, null);
    SlotStatus launched = slot(SlotState.LAUNCHING, 1, 7L, null, null);
    SlotStatus joining = slot(SlotState.JOINING, 1, 7L, null, null);
    SlotStatus running = slot(SlotState.RUNNING, 1, 7L, null, null);

    assertThat(SlotEvents.between(null, pending)).isEmpty();
    assertThat(SlotEvents.between(pending, asked)).isEmpty();
    assertThat(SlotEvents.between(asked, launched))
        .containsExactly(event(EventKind.LAUNCHED, 1, 7L).withAddress(ADDRESS));
    assertThat(SlotEvents.between(launched, joining)).isEmpty();
    assertThat(SlotEvents.between(joining, running))
        .containsExactly(event(EventKind.READY, 1, 7L).readyAfter(1500L));
    assertThat(SlotEvents.between(running, running)).isEmpty();
  }

  @Test
  void aSlotThatBeginsWithAProcessWasAdopted() {
    assertThat(SlotEvents.between(null, slot(SlotState.LAUNCHING, 4, 7L, null, null)))
        .containsExactly(event(EventKind.ADOPTED, 4, 7L).withAddress(ADDRESS));
  }

  @Test
  void aKilledProcessExitedAndIsRelaunched() {
    String why = "killed by SIGKILL (exit code 137)";
    SlotStatus running = slot(SlotState.RUNNING, 1, 7L, null, "an old reason");
    SlotStatus again = slot(SlotState.LAUNCHING, 2, null, 137, why);

    assertThat(SlotEvents.between(running, again))
        .containsExactly(
            event(EventKind.EXITED, 1, 7L).exited(137, List.of("last line")).because(why),
            event(EventKind.RELAUNCHING, 2, null).counting(1).because(why));
  }

  @Test
  void betweenExitAndRelaunchThereMayBeAWait() {
    String why = "exit code 1: no disk";
    SlotStatus starting = slot(SlotState.JOINING, 2, 7L, null, null);
    SlotStatus waiting = slot(SlotState.BACKING_OFF, 2, null, 1, why);
    SlotStatus again = slot(SlotState.LAUNCHING, 3, null, 1, why);

    assertThat(kinds(starting, waiting)).containsExactly(EventKind.EXITED, EventKind.BACKING_OFF);
    assertThat(kinds(waiting, again)).containsExactly(EventKind.RELAUNCHING);
  }

  @Test
  void aSpentBudgetSaysHowTheLastProcessEndedAndWhyNoOtherFollows() {
    SlotStatus starting = slot(SlotState.JOINING, 4, 7L, null, null);
    SlotStatus failed =
        slot(SlotState.FAILED, 4, null, 1, "gave up after 3 relaunches in 60 s; last: exit code 1");

    List<Event> events = SlotEvents.between(starting, failed);

    assertThat(events).extracting(Event::kind).containsExactly(EventKind.EXITED, EventKind.FAILED);
    assertThat(events.get(0).reason()).isEqualTo("exit code 1: last line");
    assertThat(events.get(1).reason()).isEqualTo("gave up after 3 relaunches in 60 s");
  }

  @Test
  void whatCouldNotBeLaunchedNeverExited() {
    SlotStatus asked = slot(SlotState.LAUNCHING, 1, null, null, null);
    String why = "could not be launched: no port";

    assertThat(SlotEvents.between(asked, slot(SlotState.LAUNCHING, 2, null, null, why)))
        .containsExactly(
            event(EventKind.LAUNCH_FAILED, 1, null).because(why),
            event(EventKind.RELAUNCHING, 2, null).counting(1).because(why));
    assertThat(kinds(asked, slot(SlotState.FAILED, 1, null, null, why)))
        .containsExactly(EventKind.LAUNCH_FAILED, EventKind.FAILED);
  }

  @Test
  void aHungProcessIsUnhealthyThenStoppedForIt() {
    SlotStatus running = slot(SlotState.RUNNING, 1, 7L, null, null);
    SlotStatus hung = slot(SlotState.UNHEALTHY, 1, 7L, null, "no heartbeat for 10 s");
    SlotStatus stopping = slot(SlotState.STOPPING, 1, 7L, null, "no heartbeat for 10 s");

    assertThat(SlotEvents.between(running, hung))
        .containsExactly(event(EventKind.UNHEALTHY, 1, 7L).because("no heartbeat for 10 s"));
    assertThat(SlotEvents.between(hung, stopping))
        .containsExactly(event(EventKind.STOPPING, 1, 7L).because("no heartbeat for 10 s"));
    assertThat(kinds(hung, running)).containsExactly(EventKind.HEALTHY);
  }

  @Test
  void anOrderIsNotTakenForAnOldReason() {
    SlotStatus running = slot(SlotState.RUNNING, 2, 7L, 137, "killed by SIGKILL");
    SlotStatus stopping = slot(SlotState.STOPPING, 2, 7L, 137, "killed by SIGKILL");
    SlotStatus unwell = slot(SlotState.UNHEALTHY, 2, 7L, 137, "no database");

    assertThat(SlotEvents.between(running, stopping))
        .containsExactly(event(EventKind.STOPPING, 2, 7L).because("by order"));
    assertThat(SlotEvents.between(unwell, stopping))
        .containsExactly(event(EventKind.STOPPING, 2, 7L).because("by order"));
    assertThat(SlotEvents.between(stopping, slot(SlotState.LAUNCHING, 3, null, 143, null)))
        .contains(event(EventKind.RELAUNCHING, 3, null).counting(1).because("by order"));
  }

  @Test
  void whatStoppedInOrderLeavesNoLines() {
    SlotStatus stopping = slot(SlotState.STOPPING, 1, 7L, null, null);

    List<Event> obeyed =
        SlotEvents.between(stopping, slot(SlotState.STOPPED, 1, null, 143, "stopped by order"));
    List<Event> crashed =
        SlotEvents.between(stopping, slot(SlotState.STOPPED, 1, null, 134, "stopped by order"));

    assertThat(obeyed)
        .containsExactly(
            event(EventKind.EXITED, 1, 7L)
                .exited(143, List.of())
                .because("ended by SIGTERM (exit code 143)"),
            event(EventKind.STOPPED, 1, null).because("stopped by order"));
    assertThat(crashed.get(0).log()).containsExactly("last line");
  }

  private static List<EventKind> kinds(SlotStatus before, SlotStatus now) {
    return SlotEvents.between(before, now).stream().map(Event::kind).toList();
  }

  private static Event event(EventKind kind, int generation, Long pid) {
    return Event.of(AT, "A-1", kind, generation, pid);
  }

  private static SlotStatus slot(
      SlotState state, int generation, Long pid, Integer exitCode, String reason) {
    return new SlotStatus(
        "A-1",
        "A",
        state,
        generation,
        pid,
        pid == null ? null : ADDRESS,
        AT,
        1500L,
        1,
        exitCode,
        reason,
        pid == null && exitCode != null ? List.of("last line") : List.of());
  }
}
