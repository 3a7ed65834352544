package dev.troupe.cli.launch;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.deploy.DroppedJars;
import dev.troupe.cli.deploy.RunningVersions;
import dev.troupe.cli.deploy.ServiceJars;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.ServiceVersions;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings and jars that a start uses: those of the cluster that runs in the home or, if none
 * runs, new ones.
 */
final class ClusterFiles {
  private final Path home;
  private final SettingsSnapshot snapshot;
  private final Settings settings;
  private final boolean running;
  private final List<String> complaints = new ArrayList<>();

  private ClusterFiles(Path home, SettingsSnapshot snapshot, boolean running) {
    this.home = home;
    this.snapshot = snapshot;
    this.settings = snapshot.settings();
    this.running = running;
  }

  /**
   * @throws CommandException when the settings cannot be used
   */
  static ClusterFiles of(Path home) {
    try {
      Optional<SettingsSnapshot> taken =
          new ClusterProcesses(home).find().isEmpty()
              ? Optional.empty()
              : SettingsSnapshot.find(home);
      return new ClusterFiles(
          home,
          taken.orElseGet(() -> SettingsSnapshot.take(home, System.getenv())),
          taken.isPresent());
    } catch (SettingsException e) {
      throw new CommandException(ExitCode.BAD_SETTINGS, e.getMessage());
    }
  }

  Settings settings() {
    return settings;
  }

  /** Whether the settings file was changed after the running cluster was started. */
  boolean settingsDiffer() {
    return running && snapshot.differsFromFile();
  }

  private void takeDropped() throws IOException {
    Optional<LauncherLock> free = LauncherLock.acquireForUpdate(settings.run());
    if (free.isEmpty()) {
      complaints.add("Another command deploys. Jars that were put into services are not taken in");
      return;
    }
    LauncherLock lock = free.get();
    try (lock) {
      for (ServiceSettings service : settings.services()) {
        if (service.program() == null) {
          takeDropped(service.name());
        }
      }
    }
  }

  // A jar that is not whole must not keep the other services from starting.
  private void takeDropped(String service) {
    try {
      new DroppedJars(new ServiceVersions(home, service)).makeCurrent();
      new RunningVersions(home).deleteOld(service);
    } catch (IOException e) {
      complaints.add("%s: %s".formatted(service, e.getMessage()));
    }
  }

  /** What was wrong with jars; known after {@link #keep}. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Stores settings and jars for the life of the cluster. */
  CurrentDeployment keep() throws IOException {
    snapshot.write();
    ServiceJars services = new ServiceJars(home);
    Optional<Deployment> earlier = running ? Deployment.find(home) : Optional.empty();
    if (earlier.isPresent()) {
      return new CurrentDeployment(earlier.get(), Optional.of(snapshot));
    }
    Deployment deployment = new Deployment(home, Distribution.ofThisProcess(), services.copy());
    deployment.write();
    takeDropped();
    if (!running) {
      services.keepOnly(deployment.services());
    }
    return new CurrentDeployment(deployment, Optional.of(snapshot));
  }
}
