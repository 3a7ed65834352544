package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.troupe.node.registry.RegistryView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeMainTest {
  private static final NodeIdentity ECHO = new NodeIdentity("Echo", "Echo-1", 1);

  @TempDir private Path home;

  @Test
  void aRoleThatCannotStartEndsItsNodeAndTheLogSaysWhy() throws Exception {
    ActorSystem<?> system =
        NodeMain.start(
            TestNode.settings(home, ""),
            ECHO,
            0,
            List.of(),
            node -> {
              throw new IOException("data/echo.db cannot be opened");
            });

    awaitEnd(system);

    assertThat(home.resolve("run/logs/Echo-1.log"))
        .content()
        .contains("[Echo-1] cannot start: data/echo.db cannot be opened");
  }

  @Test
  void aRefusalIsLoggedInOneLineWithoutAStackTrace() throws Exception {
    ActorSystem<?> system =
        NodeMain.start(
            TestNode.settings(home, ""),
            ECHO,
            0,
            List.of(),
            node -> {
              throw new Refusal("data/echo.db is damaged. Restore a backup");
            });

    awaitEnd(system);

    assertThat(home.resolve("run/logs/Echo-1.log"))
        .content()
        .contains("[Echo-1] refuses to start: data/echo.db is damaged. Restore a backup")
        .doesNotContain("\tat ", "Refusal");
    assertThat(CoordinatedShutdown.get(system).getShutdownReason())
        .as("the exit code is that of a refusal, see NodeConfigTest")
        .map(Object::getClass)
        .map(Class::getSimpleName)
        .contains("StartRefused");
  }

  private static final class Refusal extends Exception implements StartRefusal {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  @Test
  void aNodeThatIsToldToEndBeforeItJoinedDoesNotWaitForAnything() throws Exception {
    FakeRole role = new FakeRole();
    ActorSystem<?> system = NodeMain.start(TestNode.settings(home, ""), ECHO, 0, List.of(), role);
    assertThat(role.context().view().get()).isEqualTo(RegistryView.EMPTY);

    system.terminate();

    awaitEnd(system);
  }

  @Test
  void anOrphanLeaves() throws Exception {
    ActorSystem<?> system =
        NodeMain.start(
            TestNode.settings(home, "troupe.orphan-grace = 1s"),
            ECHO,
            0,
            List.of(),
            new FakeRole().drains());

    awaitEnd(system);

    assertThat(Files.readString(home.resolve("run/logs/Echo-1.log")))
        .contains("no supervisor for PT1S: leaving");
  }

  @Test
  void aSeedIsNobodysOrphan() {
    try (TestNode seed = TestNode.first(home, "troupe.orphan-grace = 1s")) {
      seed.awaitReady("seed-1");

      assertThatCode(
              () ->
                  seed.system()
                      .getWhenTerminated()
                      .toCompletableFuture()
                      .get(1500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    }
  }

  private static void awaitEnd(ActorSystem<?> system) throws Exception {
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .get(TestNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
