package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/troupe dev}: an edit of a source is visible, and a mistake in one harms nobody. */
final class DevIT {
  private static final String SETTINGS =
      """
      troupe.gateway { request-timeout = 40s, waiting-room.timeout = 40s }
      troupe.services {
        UserService { class = "dev.troupe.service.user.UserService" }
        GreeterService {
          class = "dev.troupe.examples.greeter.GreeterService"
          settings { salutation = "Hello" }
        }
      }
      """;
  private static final String SALUTATION = "getString(\"salutation\")";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;

  @Test
  void anEditIsVisibleAMistakeIsShownAndCtrlCReturnsToTheJars() throws Exception {
    Path home = directory.resolve("home");
    Path services = Files.createDirectories(home.resolve("services"));
    Path greeter = Path.of(System.getProperty("troupe.greeter"));
    Files.copy(greeter, services.resolve(greeter.getFileName()));
    Path source = copyOfTheGreeter(directory.resolve("project"));
    String original = Files.readString(source);
    assertThat(original).contains(SALUTATION);
    Path output = directory.resolve("dev.txt");
    try (Cluster cluster = Cluster.start(home, SETTINGS)) {
      cluster.client().post("/greetings", "{\"name\":\"Ann\"}");
      assertThat(greeting(cluster)).isEqualTo("Hello, Ann!");
      Files.writeString(source, original.replace(SALUTATION, SALUTATION + ".toUpperCase()"));

      Process dev =
          cluster.inForeground(
              output,
              "dev",
              "GreeterService",
              "--project",
              directory.resolve("project").toString());

      await().atMost(PATIENCE).until(() -> greeting(cluster).equals("HELLO, Ann!"));
      await().atMost(PATIENCE).until(() -> Files.readString(output).contains("running after"));

      Files.writeString(source, original.replace(SALUTATION, SALUTATION + ".noSuchMethod()"));
      await().atMost(PATIENCE).until(() -> Files.readString(output).contains("The build failed"));
      assertThat(Files.readString(output))
          .contains("GreeterService.java:", "cannot find symbol", "noSuchMethod");
      assertThat(greeting(cluster)).as("what runs goes on").isEqualTo("HELLO, Ann!");

      Files.writeString(source, original.replace(SALUTATION, SALUTATION + ".toLowerCase()"));
      await().atMost(PATIENCE).until(() -> greeting(cluster).equals("hello, Ann!"));

      cluster.signal("INT", dev.pid());
      assertThat(dev.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(Files.readString(output))
          .isTrue();
      assertThat(dev.exitValue()).as(Files.readString(output)).isZero();
      assertThat(greeting(cluster)).isEqualTo("Hello, Ann!");
      assertThat(home.resolve("run/dev/GreeterService")).doesNotExist();
    }
  }

  private static String greeting(Cluster cluster) {
    return cluster.client().get("/greetings/Ann").at("/message").asText();
  }

  /**
   * @return the source of the service
   */
  private static Path copyOfTheGreeter(Path project) throws IOException {
    Path main = Path.of(System.getProperty("troupe.checkout"), "examples/greeter/src/main");
    try (Stream<Path> files = Files.walk(main)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = project.resolve("src/main").resolve(main.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return project.resolve("src/main/java/dev/troupe/examples/greeter/GreeterService.java");
  }
}
