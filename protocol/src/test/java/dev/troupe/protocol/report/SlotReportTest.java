package dev.troupe.protocol.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotReportTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:02:10Z");
  private static final RestartSettings BUDGET =
      new RestartSettings(
          RestartSettings.Policy.ALWAYS,
          3,
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          0.2);

  private final List<Event> events = new ArrayList<>();

  @Test
  void aKilledProcessIsToldWithItsAgeAndWhatCameOfIt() {
    happened("09:49:50", EventKind.LAUNCHED, 2, 9L);
    happened("09:49:54", EventKind.READY, 2, 9L);
    killed("10:01:58", 2, 9L);
    happened("10:01:58", EventKind.DOWN, 2, 9L);
    relaunching("10:01:58", 3, 1);
    happened("10:01:58", EventKind.LAUNCHED, 3, 12L);
    happened("10:02:01.400", EventKind.READY, 3, 12L);

    assertThat(why(slot(SlotState.RUNNING, 3, 12L, "killed by SIGKILL")))
        .containsExactly(
            "A-1 runs (pid 12, generation 3) since 10:02:01.",
            "Before that, generation 2 (pid 9) was killed by SIGKILL at 10:01:58, 12m 4s after it"
                + " was ready; it was relaunched at once and ready 3.4 s later.",
            "Relaunches in the last 60 s: 1 of 3.",
            "",
            "The last lines of generation 2:",
            "  | last line");
  }

  @Test
  void anActionThatItDiedOfIsNamedAndChangesNothingElse() {
    happened("10:01:50", EventKind.LAUNCHED, 2, 9L);
    happened("10:01:54", EventKind.READY, 2, 9L);
    exited("10:01:58", 2, 9L);
    events.add(
        event("10:01:58", EventKind.ACTION_SUSPENDED, 0, null)
            .withReason("gateway-1 suspended crash of A: A-2 and A-1 died with the same request"));
    relaunching("10:01:58", 3, 1);
    happened("10:01:58", EventKind.LAUNCHED, 3, 12L);
    happened("10:02:01.400", EventKind.READY, 3, 12L);

    assertThat(why(slot(SlotState.RUNNING, 3, 12L, null)))
        .contains(
            "At 10:01:58 gateway-1 suspended crash of A: A-2 and A-1 died with the same request.",
            "Relaunches in the last 60 s: 1 of 3.");
  }

  @Test
  void aSlotThatNeverHadTroubleJustRuns() {
    happened("09:49:50", EventKind.LAUNCHED, 1, 9L);
    happened("09:49:54", EventKind.READY, 1, 9L);

    assertThat(why(slot(SlotState.RUNNING, 1, 9L, null)))
        .containsExactly(
            "A-1 runs (pid 9, generation 1) since 09:49:54.",
            "Relaunches in the last 60 s: 0 of 3.");
  }

  @Test
  void anAdoptedProcessRunsSinceItWasFirstReady() {
    happened("09:49:54", EventKind.READY, 1, 9L);
    happened("10:00:00", EventKind.ADOPTED, 1, 9L);
    happened("10:00:01", EventKind.READY, 1, 9L);

    assertThat(why(slot(SlotState.RUNNING, 1, 9L, null)))
        .startsWith(
            "A-1 runs (pid 9, generation 1) since 09:49:54.",
            "A new seed node took it over as it was, at 10:00:00.");
  }

  @Test
  void aHungProcessWasStoppedForIt() {
    happened("10:00:00", EventKind.READY, 1, 9L);
    events.add(event("10:01:00", EventKind.STOPPING, 1, 9L).withReason("no heartbeat for 10 s"));
    killed("10:01:05", 1, 9L);
    relaunching("10:01:05", 2, 1);

    assertThat(why(slot(SlotState.LAUNCHING, 2, null, "no heartbeat for 10 s")))
        .startsWith(
            "A-1 is being launched (generation 2) since 10:02:00 and is not ready yet.",
            "Its last process (generation 1, pid 9) was stopped (no heartbeat for 10 s) and"
                + " killed by SIGKILL before it had ended at 10:01:05, 1m 5s after it was ready; it"
                + " was relaunched at once and is not ready yet.",
            "Relaunches in the last 60 s: 0 of 3.");
  }

  @Test
  void aSeedNodeThatWasKilledEndedUnseen() {
    happened("09:00:00", EventKind.LAUNCHED, 1, 5L);
    happened("09:00:04", EventKind.READY, 1, 5L);
    happened("10:00:00", EventKind.LAUNCHED, 2, 6L);
    happened("10:00:04", EventKind.READY, 2, 6L);

    assertThat(why(slot(SlotState.RUNNING, 2, 6L, null)))
        .startsWith(
            "A-1 runs (pid 6, generation 2) since 10:00:04.",
            "Before that, generation 1 (pid 5) ended unseen, before 10:00:00.");
  }

  @Test
  void aSeedNodeThatItsLauncherKilledWasKilledForAReason() {
    happened("09:59:00", EventKind.LAUNCHED, 1, 5L);
    happened("09:59:04", EventKind.READY, 1, 5L);
    events.add(
        event("10:00:00", EventKind.EXITED, 1, 5L)
            .exited(137, List.of())
            .by(Initiator.LAUNCHER)
            .withReason("killed by its launcher, since it has not answered for 12.0 s"));
    happened("10:00:00", EventKind.LAUNCHED, 2, 6L);
    happened("10:00:04", EventKind.READY, 2, 6L);

    assertThat(why(slot(SlotState.RUNNING, 2, 6L, null)))
        .startsWith(
            "A-1 runs (pid 6, generation 2) since 10:00:04.",
            "Before that, generation 1 (pid 5) was killed by its launcher, since it has not"
                + " answered for 12.0 s at 10:00:00, 56.0 s after it was ready.");
  }

  @Test
  void aSeedNodeThatAnUpdateReplacedWasNotJustKilled() {
    happened("09:59:04", EventKind.READY, 1, 5L);
    events.add(
        event("10:00:00", EventKind.EXITED, 1, 5L)
            .exited(137, List.of())
            .by(Initiator.OPERATOR)
            .withReason("replaced by order (bin/troupe update)"));
    happened("10:00:00", EventKind.LAUNCHED, 2, 6L);

    assertThat(why(slot(SlotState.RUNNING, 2, 6L, null)))
        .contains(
            "Before that, generation 1 (pid 5) was replaced by order (bin/troupe update) at"
                + " 10:00:00, 56.0 s after it was ready.");
  }

  @Test
  void aWaitAndTheLaunchAfterItAreOneRelaunch() {
    exited("10:01:50", 1, 7L);
    relaunching("10:01:50", 2, 1);
    exited("10:01:55", 2, 8L);
    events.add(event("10:01:55", EventKind.BACKING_OFF, 2, null).counting(2));
    relaunching("10:01:55.500", 3, 2);
    happened("10:01:58.500", EventKind.READY, 3, 9L);

    assertThat(why(slot(SlotState.RUNNING, 3, 9L, "exit code 1: no disk")))
        .contains(
            "Before that, generation 2 (pid 8) could not start (exit code 1): no disk at 10:01:55;"
                + " it was relaunched after a wait of 0.5 s and ready 3.0 s later.",
            "Relaunches in the last 60 s: 2 of 3.");
  }

  @Test
  void whatTheExitCodeMeansIsSaidAndACodeWithoutAMeaningIsNamed() {
    events.add(
        event("10:01:50", EventKind.EXITED, 1, 7L)
            .exited(3, List.of("12:00 INFO  NodeGuardian - ready"))
            .withReason("ran out of memory (exit code 3): OutOfMemoryError: Java heap space"));
    assertThat(why(slot(SlotState.RUNNING, 2, 8L, null)))
        .contains(
            "Before that, generation 1 (pid 7) ran out of memory (exit code 3): OutOfMemoryError:"
                + " Java heap space at 10:01:50.");

    events.add(
        event("10:01:55", EventKind.EXITED, 2, 8L)
            .exited(42, List.of())
            .withReason("exit code 42"));
    assertThat(why(slot(SlotState.RUNNING, 3, 9L, null)))
        .contains("Before that, generation 2 (pid 8) ended with exit code 42 at 10:01:55.");
  }

  @Test
  void aCrashIsSaidToBeOne() {
    events.add(
        event("10:01:50", EventKind.EXITED, 1, 7L)
            .exited(134, List.of())
            .withReason("aborted by SIGABRT (exit code 134): SIGSEGV in C"));

    assertThat(why(slot(SlotState.RUNNING, 2, 8L, null)))
        .contains(
            "Before that, generation 1 (pid 7) was aborted by SIGABRT (exit code 134): SIGSEGV in C"
                + " at 10:01:50.");
  }

  @Test
  void aFailedSlotSaysWhyAndWhatToDo() {
    happened("10:01:50", EventKind.LAUNCHED, 4, 8L);
    exited("10:01:55", 4, 8L);
    events.add(
        event("10:01:55", EventKind.FAILED, 4, null)
            .withReason("gave up after 3 relaunches in 60 s"));

    assertThat(why(slot(SlotState.FAILED, 4, null, "gave up; last: exit code 1: no disk")))
        .containsExactly(
            "A-1 has failed since 10:02:00: gave up after 3 relaunches in 60 s.",
            "Its last process (generation 4, pid 8) could not start (exit code 1): no disk at"
                + " 10:01:55, before it was ready.",
            "Nothing launches it again but: bin/troupe restart A-1",
            "",
            "The last lines of generation 4:",
            "  | last line");
  }

  @Test
  void aStopByOrderIsNotTakenForAFailure() {
    happened("2026-01-01", "10:00:00", EventKind.READY, 1, 9L);
    events.add(event("10:00:00", EventKind.STOPPING, 1, 9L).by(Initiator.OPERATOR));
    events.add(event("10:00:01", EventKind.EXITED, 1, 9L).exited(143, List.of()));
    happened("10:00:01", EventKind.STOPPED, 1, null);

    assertThat(why(null))
        .containsExactly(
            "A-1 was stopped at 10:00:01.",
            "Its last process (generation 1, pid 9) was stopped by order at 10:00:01, 1d 0h after"
                + " it was ready.");
  }

  @Test
  void anEndNobodySawIsNotMadeUp() {
    events.add(event("10:00:00", EventKind.EXITED, 1, 9L).withReason("exit code not seen"));

    assertThat(why(null))
        .contains("Its last process (generation 1, pid 9) ended (exit code not seen) at 10:00:00.");
  }

  @Test
  void whatNeverWasLaunchedSaysWhatItWaitsFor() {
    assertThat(why(slot(SlotState.PENDING, 0, null, "waits for B")))
        .startsWith("A-1 has not been launched: waits for B.");
    assertThat(why(null))
        .containsExactly("A-1 has never been launched, as far as the journal goes back.");
  }

  @Test
  void whatCouldNotBeLaunchedSaysWhy() {
    events.add(
        event("10:00:00", EventKind.LAUNCH_FAILED, 1, null).withReason("could not be launched: x"));

    assertThat(why(slot(SlotState.BACKING_OFF, 1, null, "could not be launched: x")))
        .contains("Generation 1 could not be launched: x, at 10:00:00.");
  }

  @Test
  void ofADeadClusterTheLastThatIsKnownIsTold() {
    happened("2026-01-01", "10:00:00", EventKind.READY, 1, 9L);

    assertThat(why(null))
        .containsExactly("A-1 was last seen running (pid 9, generation 1) at 2026-01-01 10:00:00.");
  }

  private List<String> why(SlotStatus now) {
    return new SlotReport("A-1", now, events, BUDGET).lines(new TimeFormat(NOW, ZoneOffset.UTC));
  }

  private void killed(String time, int generation, long pid) {
    events.add(
        event(time, EventKind.EXITED, generation, pid)
            .exited(137, List.of("last line"))
            .withReason("killed by SIGKILL (exit code 137)"));
  }

  private void exited(String time, int generation, long pid) {
    events.add(
        event(time, EventKind.EXITED, generation, pid)
            .exited(1, List.of("last line"))
            .withReason("could not start (exit code 1): no disk"));
  }

  private void relaunching(String time, int generation, int count) {
    events.add(event(time, EventKind.RELAUNCHING, generation, null).counting(count));
  }

  private void happened(String time, EventKind kind, int generation, Long pid) {
    events.add(event(time, kind, generation, pid));
  }

  private void happened(String day, String time, EventKind kind, int generation, Long pid) {
    events.add(Event.of(Instant.parse(day + "T" + time + "Z"), "A-1", kind, generation, pid));
  }

  private static Event event(String time, EventKind kind, int generation, Long pid) {
    return Event.of(Instant.parse("2026-01-02T" + time + "Z"), "A-1", kind, generation, pid);
  }

  private static SlotStatus slot(SlotState state, int generation, Long pid, String reason) {
    return new SlotStatus(
        "A-1",
        "A",
        state,
        generation,
        pid,
        null,
        Instant.parse("2026-01-02T10:02:00Z"),
        null,
        0,
        3,
        null,
        reason,
        List.of());
  }
}
