package dev.troupe.seed;

import dev.troupe.node.start.NodeMain;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsSnapshot;
import dev.troupe.seed.adoption.StateFile;
import dev.troupe.seed.control.ManagementServer;
import dev.troupe.seed.process.OsProcessLauncher;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Ends a seed node. After an operator's order it stops all slots and deletes what the next seed
 * node would otherwise recover. A seed node that ends because a part of it failed leaves all
 * processes running: the next one adopts them.
 */
final class SeedShutdown {
  private final ActorSystem<?> system;
  private final ActorRef<SupervisorActor.Command> supervisor;
  private final OsProcessLauncher launcher;
  private final StateFile stateFile;
  private final Settings settings;

  SeedShutdown(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      OsProcessLauncher launcher,
      StateFile stateFile,
      Settings settings) {
    this.system = system;
    this.supervisor = supervisor;
    this.launcher = launcher;
    this.stateFile = stateFile;
    this.settings = settings;
  }

  /**
   * @param whenStopped runs when all slots have stopped by order
   */
  CompletionStage<Void> run(Runnable whenStopped) {
    if (!isOrdered()) {
      return CompletableFuture.completedStage(null);
    }
    CompletionStage<StopResult> stopped =
        AskPattern.ask(
            supervisor,
            SupervisorActor.StopAll::new,
            NodeMain.longestStopOfAll(settings),
            system.scheduler());
    return stopped
        .thenAccept(result -> deleteFiles())
        .thenCompose(deleted -> launcher.leftoversEnded())
        .thenRun(whenStopped);
  }

  private boolean isOrdered() {
    CoordinatedShutdown.Reason reason =
        CoordinatedShutdown.get(system).getShutdownReason().orElse(null);
    return reason instanceof ManagementServer.StopOrdered
        || CoordinatedShutdown.jvmExitReason().equals(reason);
  }

  private void deleteFiles() {
    try {
      stateFile.delete();
      Files.deleteIfExists(settings.run().resolve(ControlFile.NAME));
      Files.deleteIfExists(settings.run().resolve(ControlFile.TOKEN_FILE));
      SettingsSnapshot.delete(settings.home());
      Deployment.delete(settings.home());
    } catch (IOException harmless) {
      // The next seed node finds that the processes in the state file are gone.
    }
  }
}
