package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/troupe up} as a developer has it in a terminal, beside that of another home. */
final class ForegroundIT {
  private static final String SETTINGS =
      "troupe.services.UserService.class = \"dev.troupe.service.user.UserService\"\n";
  private static final String USER = "{\"username\":\"ann\",\"email\":\"ann@example.com\"}";

  @TempDir private Path directory;

  @Test
  void ctrlCStopsTheHomeItIsForAndNoOther() throws Exception {
    Path output = directory.resolve("up.txt");
    try (Cluster cluster = Cluster.in(directory.resolve("home"), SETTINGS);
        Cluster other = Cluster.in(directory.resolve("other"), SETTINGS)) {
      Process up = cluster.upInForeground(output);
      other.up();
      await()
          .atMost(Duration.ofMinutes(4))
          .until(() -> Files.readString(output).contains("http://127.0.0.1:"));
      assertThat(cluster.client().post("/users", USER).at("/user/id").asInt()).isEqualTo(1);
      assertThat(other.client().post("/users", USER).at("/user/id").asInt())
          .as("each home has data of its own")
          .isEqualTo(1);

      cluster.signal("INT", up.pid());

      assertThat(up.waitFor(1, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
      assertThat(up.exitValue()).as(Files.readString(output)).isZero();
      assertThat(cluster.processes()).isEmpty();
      assertThat(other.client().get("/users/1").status()).isEqualTo(200);
    }
  }
}
