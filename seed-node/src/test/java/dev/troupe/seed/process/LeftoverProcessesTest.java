package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.process.EnvironmentMark;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.process.ProcessFinder;
import dev.troupe.protocol.process.ProcessLiveness;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Over real processes whose parents have ended. */
@EnabledOnOs(OS.LINUX)
final class LeftoverProcessesTest {
  private static final String ORPHAN = "sleep 600 >&- & echo $!";
  private static final HomeSecret OTHER = new HomeSecret(UUID.randomUUID().toString());

  private final RealProcesses processes = new RealProcesses();
  private final LeftoverProcesses leftovers = new LeftoverProcesses(RealProcesses.SECRET);

  @AfterEach
  void endAll() {
    processes.close();
  }

  @Test
  void whatAnEndedProcessStartedIsEndedBeforeItsSlotIsLaunchedAgain() throws IOException {
    ProcessHandle first = orphan(RealProcesses.SECRET, "Echo-1", 1);
    ProcessHandle second = orphan(RealProcesses.SECRET, "Echo-1", 2);

    leftovers.endBefore("Echo-1");

    assertThat(ProcessLiveness.isAlive(first)).isFalse();
    assertThat(ProcessLiveness.isAlive(second)).isFalse();
  }

  @Test
  void otherSlotsOtherHomesAndNewerProcessesAreLeftAlone() throws IOException {
    ProcessHandle otherSlot = orphan(RealProcesses.SECRET, "Echo-2", 1);
    ProcessHandle otherHome = orphan(OTHER, "Echo-1", 1);
    ProcessHandle newer = orphan(RealProcesses.SECRET, "Echo-1", 2);

    leftovers.endAfter("Echo-1", 1, ProcessHandle.current().pid());

    assertThat(otherSlot.isAlive()).isTrue();
    assertThat(otherHome.isAlive()).isTrue();
    assertThat(newer.isAlive()).isTrue();
  }

  @Test
  void whatHasClearedItsEnvironmentIsFoundByItsProcessGroup() throws IOException {
    ProcessHandle shell = processes.toldBy("env -i sleep 600 >&- & echo $$; read never");
    long leader = shell.pid();
    shell.destroyForcibly();
    await().until(() -> !ProcessLiveness.isAlive(shell));
    assertThat(ProcessFinder.inGroupOf(leader)).hasSize(1);

    leftovers.endAfter("Echo-1", 1, leader);

    assertThat(ProcessFinder.inGroupOf(leader)).isEmpty();
  }

  private ProcessHandle orphan(HomeSecret secret, String slot, int generation) throws IOException {
    Map<String, String> mark = new EnvironmentMark(secret, slot, generation).variables();
    ProcessHandle orphan = processes.toldBy(ORPHAN, mark);
    await().until(() -> EnvironmentMark.of(orphan).isPresent());
    return orphan;
  }
}
