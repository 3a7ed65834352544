package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that nobody supervises do not run for ever. */
final class OrphanIT {
  private static final int NOTHING_RUNS = 3;

  @TempDir private Path home;

  @Test
  void withoutLauncherAndSeedAllLeaveByThemselves() throws Exception {
    try (Cluster cluster =
        Cluster.start(
            home,
            """
            troupe {
              # Not shorter than a start: a process that finds no supervisor in time leaves as well.
              orphan-grace = 20s
              services.UserService { class = "dev.troupe.service.user.UserService" }
            }
            """)) {
      cluster.signal("KILL", cluster.launcherPid(), cluster.pid("seed-1"));
      assertThat(cluster.processes()).as("the gateway and the service").hasSize(2);

      await().atMost(Duration.ofMinutes(3)).until(() -> cluster.processes().isEmpty());

      assertThat(Files.readString(home.resolve("run/logs/UserService-1.log")))
          .contains("no supervisor for", "drained");
      assertThat(cluster.run("down").exitCode()).isEqualTo(NOTHING_RUNS);
    }
  }
}
