package dev.troupe.seed.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a lib that has no jars, so that no JVM it starts gets further than its command line. */
final class OsProcessLauncherTest {
  @TempDir private Path home;
  private final ExecutorService blocking = Executors.newCachedThreadPool();

  @AfterEach
  void shutDown() {
    blocking.shutdownNow();
  }

  @Test
  void aJvmWithoutItsMainClassTellsWhichItMissed() throws Exception {
    RunningProcess process = launch("Echo", "[]");

    Exit exit = process.onExit().toCompletableFuture().get(20, SECONDS);

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.reason()).contains("dev.troupe.service.ServiceNode");
    assertThat(process.address()).startsWith("pekko://troupe@127.0.0.1:");
  }

  @Test
  void whatIsNoServiceIsAGateway() throws Exception {
    RunningProcess process = launch("gateway", "[]");

    Exit exit = process.onExit().toCompletableFuture().get(20, SECONDS);

    assertThat(exit.reason()).contains("dev.troupe.gateway.GatewayNode");
  }

  @Test
  void anOptionTheJvmDoesNotKnowIsTheReason() throws Exception {
    RunningProcess process = launch("Echo", "[\"-XX:+NoSuchOption\"]");

    Exit exit = process.onExit().toCompletableFuture().get(20, SECONDS);

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.reason())
        .isEqualTo("could not start (exit code 1): Unrecognized VM option 'NoSuchOption'");
  }

  @Test
  void aProcessHasItsOwnSessionAndOnlyTheEnvironmentItIsGiven() throws Exception {
    RunningProcess process = launch("Echo", "[\"-XX:+ShowMessageBoxOnError\"]");
    Exit exit = process.onExit().toCompletableFuture().get(20, SECONDS);

    assertThat(exit.log()).anyMatch(line -> line.contains("JAVA_TOOL_OPTIONS: -Dgiven=yes"));
    assertThat(exit.code()).as("that of the JVM, not of setsid").isEqualTo(1);
  }

  @Test
  void theLinesOfAnEarlierProcessAreNotBlamedOnTheNext() throws Exception {
    launch("Echo", "[\"-XX:+First\"]").onExit().toCompletableFuture().get(20, SECONDS);

    Exit second =
        launch("Echo", "[\"-XX:+Second\"]").onExit().toCompletableFuture().get(20, SECONDS);

    assertThat(second.log()).noneMatch(line -> line.contains("First"));
    assertThat(home.resolve("run/logs/Echo-1.out")).content().contains("First", "Second");
  }

  @Test
  void aLogDirectoryThatCannotBeMadeFailsTheLaunchWithItsName() throws Exception {
    Files.writeString(home.resolve("run"), "in the way");

    assertThat(
            launcher("[]")
                .launch("Echo-1", "Echo", 1)
                .toCompletableFuture()
                .handle((process, failure) -> failure)
                .get(20, SECONDS))
        .hasMessageContaining(home.resolve("run").toString());
  }

  private RunningProcess launch(String service, String options) throws Exception {
    return launcher(options)
        .launch(service + "-1", service, 1)
        .toCompletableFuture()
        .get(20, SECONDS);
  }

  private OsProcessLauncher launcher(String options) throws IOException {
    Files.writeString(
        home.resolve("application.conf"),
        "troupe.services.Echo { class = \"a.B\", jvm-options = %s }".formatted(options));
    Settings settings = SettingsLoader.load(home, Map.of());
    return new OsProcessLauncher(
        settings,
        new CurrentDeployment(
            new Deployment(home, new Distribution(home.resolve("lib")), home.resolve("services")),
            Optional.empty()),
        new SlotVersions((service, version) -> CompletableFuture.completedStage(null)),
        () -> List.of("pekko://troupe@127.0.0.1:1"),
        RealProcesses.SECRET,
        Map.of("JAVA_TOOL_OPTIONS", "-Dgiven=yes", "SECRET_OF_ANOTHER", "x"),
        blocking);
  }
}
