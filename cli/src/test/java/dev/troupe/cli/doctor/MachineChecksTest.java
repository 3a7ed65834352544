package dev.troupe.cli.doctor;

import static dev.troupe.cli.doctor.Finding.Result.FAILURE;
import static dev.troupe.cli.doctor.Finding.Result.OK;
import static dev.troupe.cli.doctor.Finding.Result.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MachineChecksTest {
  private static final long GB = 1L << 30;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void aJdkThatIsTooOldIsAFailure() {
    assertThat(java("11.0.2")).isEqualTo(FAILURE);
    assertThat(java("17.0.1")).isEqualTo(OK);
    assertThat(java("25")).isEqualTo(OK);
  }

  private static Finding.Result java(String version) {
    return MachineChecks.java(Runtime.Version.parse(version), "a vendor", "/jdk").result();
  }

  @Test
  void aLowLimitOfOpenFilesIsReported() {
    String line = "Max open files            %s                 524288               files\n";

    assertThat(MachineChecks.openFiles(line.formatted("256")).result()).isEqualTo(FAILURE);
    assertThat(MachineChecks.openFiles(line.formatted("1024")).result()).isEqualTo(WARNING);
    assertThat(MachineChecks.openFiles(line.formatted("524288")).result()).isEqualTo(OK);
    assertThat(MachineChecks.openFiles(line.formatted("unlimited")).result()).isEqualTo(OK);
    assertThat(MachineChecks.openFiles("").result()).isEqualTo(OK);
  }

  @Test
  void aDiskThatIsAlmostFullIsReported() {
    assertThat(MachineChecks.disk("data", 100 << 20, 500 * GB).result()).isEqualTo(FAILURE);
    assertThat(MachineChecks.disk("data", 49 * GB, 500 * GB).result()).isEqualTo(WARNING);
    assertThat(MachineChecks.disk("data", 51 * GB, 500 * GB).result()).isEqualTo(OK);
    assertThat(MachineChecks.disk("data", 51 * GB, 0).result()).isEqualTo(OK);
  }

  @Test
  void aClockBeforeItsOwnFilesIsReported() {
    long later = NOW.plusSeconds(3600).toEpochMilli();

    assertThat(MachineChecks.clock(NOW, OptionalLong.empty()).result()).isEqualTo(OK);
    assertThat(MachineChecks.clock(NOW, OptionalLong.of(later)).result()).isEqualTo(WARNING);
    assertThat(MachineChecks.clock(Instant.EPOCH, OptionalLong.empty()).result())
        .isEqualTo(FAILURE);
  }

  @Test
  void aLocaleWithoutUtf8IsAFailureOnlyWhereItIsNeeded() {
    assertThat(MachineChecks.locale("ANSI_X3.4-1968", "/home/a").result()).isEqualTo(WARNING);
    assertThat(MachineChecks.locale("ANSI_X3.4-1968", "/home/ä").result()).isEqualTo(FAILURE);
    assertThat(MachineChecks.locale("UTF-8", "/home/ä").result()).isEqualTo(OK);
    assertThat(MachineChecks.locale("?", "/home/a").result()).isEqualTo(WARNING);
  }

  @Test
  void whatIsNotWellHasARemedy() {
    assertThat(MachineChecks.memory("MemAvailable:     1024 kB\n").remedy()).isNotNull();
    assertThat(MachineChecks.memory("MemAvailable:  8388608 kB\n").remedy()).isNull();
  }
}
