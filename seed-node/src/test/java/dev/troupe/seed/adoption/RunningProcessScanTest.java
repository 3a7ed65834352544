package dev.troupe.seed.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.process.ProcessInfo;
import dev.troupe.seed.adoption.RunningProcessScan.SurvivingProcess;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.process.RealProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class RunningProcessScanTest {
  private static final String HOST = "127.0.0.1";

  @TempDir private Path home;
  @TempDir private Path otherHome;
  private final RealProcesses processes = new RealProcesses();

  @AfterEach
  void endAll() {
    processes.close();
  }

  @Test
  void aSavedProcessIsFoundByItsPidAndStart() throws IOException {
    ProcessHandle process = processes.shell("exec sleep 600");
    SavedSlot saved = saved("UserService-1", process, true);

    assertThat(RunningProcessScan.find(state(saved), home, HOST, RealProcesses.SECRET))
        .containsExactly(
            new SurvivingProcess(
                "UserService-1", 3, process, "pekko://troupe@127.0.0.1:25001", true));
  }

  @Test
  void whatNeverJoinedStaysKnownForThat() throws IOException {
    ProcessHandle process = processes.shell("exec sleep 600");
    SavedSlot saved = saved("UserService-1", process, false);

    assertThat(RunningProcessScan.find(state(saved), home, HOST, RealProcesses.SECRET))
        .singleElement()
        .returns(false, SurvivingProcess::mayBeMember);
  }

  @Test
  void aPidGivenAnewIsNoSurvivor() throws IOException {
    ProcessHandle process = processes.shell("exec sleep 600");
    SavedSlot saved = saved("UserService-1", process, true);
    String sinceBoot = saved.sinceBoot() == null ? null : saved.sinceBoot() + "0";
    SavedSlot earlier = at(saved.startedAt().minusSeconds(3600), sinceBoot, saved);

    assertThat(RunningProcessScan.find(state(earlier), home, HOST, RealProcesses.SECRET)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessIsFoundWhateverWasDoneToTheClockSinceItWasSaved() throws IOException {
    ProcessHandle process = processes.shell("exec sleep 600");
    SavedSlot saved = saved("UserService-1", process, true);
    SavedSlot stepped = at(saved.startedAt().minusSeconds(3600), saved.sinceBoot(), saved);

    assertThat(RunningProcessScan.find(state(stepped), home, HOST, RealProcesses.SECRET))
        .singleElement()
        .returns(process, SurvivingProcess::process);
  }

  @Test
  void aFileOfAVersionThatKnewOnlyTimesOfDayIsGoodUnlessTheClockWasSet() throws IOException {
    ProcessHandle process = processes.shell("exec sleep 600");
    SavedSlot saved = saved("UserService-1", process, true);

    assertThat(
            RunningProcessScan.find(
                state(at(saved.startedAt(), null, saved)), home, HOST, RealProcesses.SECRET))
        .singleElement()
        .returns(process, SurvivingProcess::process);
  }

  @Test
  void withoutAStateFileProcessesAreFoundByTheMarksInTheirCommandLines() throws IOException {
    ProcessHandle process = node(home, "UserService-2");

    assertThat(RunningProcessScan.find(SavedState.NOTHING, home, HOST, RealProcesses.SECRET))
        .containsExactly(
            new SurvivingProcess(
                "UserService-2", 5, process, "pekko://troupe@127.0.0.1:25002", true));
  }

  @Test
  void aProcessFoundBothWaysIsOneAndWhatWasSavedOfItHolds() throws IOException {
    ProcessHandle process = node(home, "UserService-2");

    assertThat(
            RunningProcessScan.find(
                state(saved("UserService-2", process, false)), home, HOST, RealProcesses.SECRET))
        .singleElement()
        .returns(3, SurvivingProcess::generation)
        .returns(false, SurvivingProcess::mayBeMember);
  }

  @Test
  void processesOfOtherHomesAndOtherSeedNodesAreNotOurs() throws IOException {
    node(otherHome, "UserService-1");
    node(home, "seed-1");

    assertThat(RunningProcessScan.find(SavedState.NOTHING, home, HOST, RealProcesses.SECRET))
        .isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatHasOnlyCopiedTheArgumentsIsNotOurs() throws IOException {
    ProcessHandle foreign = processes.foreignNode(home, "gateway-1", 5, 25_002);
    awaitMark(foreign);

    assertThat(RunningProcessScan.find(SavedState.NOTHING, home, HOST, RealProcesses.SECRET))
        .isEmpty();
    assertThat(foreign.isAlive()).isTrue();
  }

  @Test
  void aMarkedProcessThatIsNoNodeIsLeftAlone() throws IOException {
    ProcessHandle process = processes.node(home, "UserService-1", List.of("--help"));
    awaitMark(process);

    assertThat(RunningProcessScan.find(SavedState.NOTHING, home, HOST, RealProcesses.SECRET))
        .isEmpty();
  }

  private ProcessHandle node(Path home, String slot) throws IOException {
    ProcessHandle process = processes.node(home, slot, 5, 25_002);
    awaitMark(process);
    return process;
  }

  // Between fork and exec a process has the command line of its parent.
  private static void awaitMark(ProcessHandle process) {
    await()
        .until(
            () ->
                ProcessInfo.arguments(process).stream()
                    .anyMatch(argument -> argument.endsWith("Sleeper")));
  }

  private static SavedState state(SavedSlot slot) {
    return new SavedState(List.of(slot), Map.of(), Map.of(), List.of());
  }

  private static SavedSlot at(Instant startedAt, @Nullable String sinceBoot, SavedSlot saved) {
    return new SavedSlot(
        saved.slot(),
        saved.generation(),
        saved.pid(),
        startedAt,
        sinceBoot,
        saved.address(),
        saved.joined());
  }

  private static SavedSlot saved(String slot, ProcessHandle process, boolean joined) {
    ProcessIdentity identity = ProcessIdentity.of(process);
    return new SavedSlot(
        slot,
        3,
        identity.pid(),
        identity.startedAt(),
        identity.sinceBoot(),
        "pekko://troupe@127.0.0.1:25001",
        joined);
  }
}
