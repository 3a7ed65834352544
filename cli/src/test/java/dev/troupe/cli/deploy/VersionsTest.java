package dev.troupe.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir private Path all;
  private Path current;

  @BeforeEach
  void versions() throws IOException {
    current = version("current", Duration.ofDays(9));
  }

  @Test
  void whatAProcessOfAnyHomeRunsFromStaysAndTheRestGoes() throws IOException {
    Path used = version("used", Duration.ofDays(3));
    Path unused = version("unused", Duration.ofDays(3));
    Path longerName = version("use", Duration.ofDays(3));

    deleteUnused("java\0-cp\0" + used.resolve("lib/a.jar") + "\0Main");

    assertThat(current).isDirectory();
    assertThat(used.resolve("lib/a.jar")).exists();
    assertThat(unused).doesNotExist();
    assertThat(longerName).doesNotExist();
  }

  @Test
  void whatAnotherStartMayHaveChosenJustNowStays() throws IOException {
    Path chosen = version("chosen", Duration.ofMinutes(1));

    deleteUnused();

    assertThat(chosen).isDirectory();
  }

  @Test
  void aProcessThatRunsFromElsewhereDeletesNothing() throws IOException {
    Path other = version("other", Duration.ofDays(3));
    Files.delete(current.resolve("complete"));

    deleteUnused();

    assertThat(other).isDirectory();
  }

  private void deleteUnused(String... commandLines) throws IOException {
    new Versions(current, () -> List.of(commandLines), Clock.fixed(NOW, ZoneOffset.UTC))
        .deleteUnused();
  }

  private Path version(String name, Duration age) throws IOException {
    Path version = Files.createDirectories(all.resolve(name).resolve("lib")).getParent();
    Files.writeString(version.resolve("lib/a.jar"), name);
    Files.writeString(version.resolve("complete"), "");
    Files.setLastModifiedTime(version, FileTime.from(NOW.minus(age)));
    return version;
  }
}
