package dev.troupe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class ForeignClusterTest {
  private static final OptionalInt SOMEBODY_ELSE = OptionalInt.of(987_654);

  @TempDir private Path home;

  @Test
  void aClusterOfOneselfAndAHomeWithoutOneAreNoProblem() throws IOException {
    assertThat(ForeignCluster.problem(home, "status")).isEmpty();
    assertThat(ForeignCluster.problem(home, "status", SOMEBODY_ELSE)).isEmpty();

    Files.createDirectories(home.resolve("run"));
    assertThat(ForeignCluster.problem(home, "status")).isEmpty();
  }

  @Test
  void aClusterOfAnotherUserIsNamedWithItsOwner() throws IOException {
    Files.createDirectories(home.resolve("run"));
    String owner = Files.getOwner(home).getName();

    assertThat(ForeignCluster.problem(home, "bin/troupe status", SOMEBODY_ELSE).orElseThrow())
        .contains(home.toString(), "user " + owner, "sudo -u " + owner + " bin/troupe status");
  }
}
