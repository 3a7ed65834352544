package dev.troupe.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherLockTest {
  @TempDir private Path run;

  @Test
  void itsHolderIsKnownByPid() {
    LauncherLock lock = LauncherLock.acquire(run).orElseThrow();
    try (lock) {
      assertThat(LauncherLock.holder(run)).hasValue(ProcessHandle.current().pid());
    }
  }

  @Test
  void nobodyElseGetsIt() {
    LauncherLock lock = LauncherLock.acquire(run).orElseThrow();
    try (lock) {
      assertThat(LauncherLock.acquire(run)).isEmpty();
    }
  }

  @Test
  void whoUpdatesIsAloneAndInNobodysWayWhoLaunches() {
    LauncherLock update = LauncherLock.acquireForUpdate(run).orElseThrow();
    try (update) {
      assertThat(LauncherLock.acquireForUpdate(run)).isEmpty();
      assertThat(LauncherLock.holder(run)).isEmpty();
      LauncherLock.acquire(run).orElseThrow().close();
    }
  }

  @Test
  void onceReleasedItIsFreeAgain() {
    LauncherLock.acquire(run).orElseThrow().close();

    assertThat(LauncherLock.holder(run)).isEmpty();
    LauncherLock again = LauncherLock.acquire(run).orElseThrow();
    again.close();
  }

  @Test
  void whatALauncherThatWasKilledLeftIsNoHolder() throws IOException {
    Files.writeString(run.resolve("launcher.lock"), "1");

    assertThat(LauncherLock.holder(run)).isEmpty();
  }

  @Test
  void withoutAFileThereIsNoHolder() {
    assertThat(LauncherLock.holder(run)).isEmpty();
  }
}
