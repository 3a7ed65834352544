package dev.troupe.protocol.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class ProcessIdentityTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aStepOfTheClockMakesNoOtherProcess() {
    assertThat(identity(7, AT, "boot:100").isSameAs(identity(7, AT.plusSeconds(3600), "boot:100")))
        .isTrue();
  }

  @Test
  void anotherPidStartOrBootIsAnotherProcess() {
    ProcessIdentity process = identity(7, AT, "boot:100");

    assertThat(process.isSameAs(identity(8, AT, "boot:100"))).isFalse();
    assertThat(process.isSameAs(identity(7, AT, "boot:101"))).isFalse();
    assertThat(process.isSameAs(identity(7, AT, "next:100"))).isFalse();
  }

  @Test
  void withoutTicksOnOneSideTheTimeOfDayDecides() {
    ProcessIdentity process = identity(7, AT, "boot:100");

    assertThat(process.isSameAs(identity(7, AT.plusMillis(990), null))).isTrue();
    assertThat(process.isSameAs(identity(7, AT.plusSeconds(60), null))).isFalse();
    assertThat(identity(7, AT, null).isSameAs(identity(7, AT, null))).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onLinuxARunningProcessIsKnownByTheTicksSinceBoot() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "600").start();
    try {
      ProcessIdentity identity = ProcessIdentity.of(sleep.toHandle());

      assertThat(identity.sinceBoot()).matches("[0-9a-f-]{36}:[0-9]+");
      assertThat(identity.find()).hasValue(sleep.toHandle());
      assertThat(identity(sleep.pid(), Instant.EPOCH, identity.sinceBoot()).find())
          .as("its start was saved by another clock")
          .hasValue(sleep.toHandle());
      assertThat(identity(sleep.pid(), identity.startedAt(), "other:1").find())
          .as("another process had its pid")
          .isEmpty();
    } finally {
      sleep.destroyForcibly().waitFor();
    }
  }

  @Test
  void aProcessThatHasEndedIsNotFound() throws IOException, InterruptedException {
    Process sleep = new ProcessBuilder("sleep", "600").start();
    ProcessIdentity identity = ProcessIdentity.of(sleep.toHandle());

    sleep.destroyForcibly().waitFor();

    assertThat(identity.find()).isEmpty();
  }

  private static ProcessIdentity identity(long pid, Instant at, @Nullable String sinceBoot) {
    return new ProcessIdentity(pid, at, sinceBoot);
  }
}
