package dev.troupe.cli.launch;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.deploy.ServiceJars;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings and jars that a start is about to use: those of the cluster that lives in the home,
 * or new ones if none does.
 */
final class ClusterFiles {
  private final Path home;
  private final SettingsSnapshot snapshot;
  private final Settings settings;
  private final boolean living;

  private ClusterFiles(Path home, SettingsSnapshot snapshot, boolean living) {
    this.home = home;
    this.snapshot = snapshot;
    this.settings = snapshot.settings();
    this.living = living;
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

  /** Whether the user has changed the file since the settings were taken. */
  boolean settingsDiffer() {
    return living && snapshot.differsFromFile();
  }

  /** Keeps settings and jars for as long as the cluster lives. */
  CurrentDeployment keep() throws IOException {
    snapshot.write();
    ServiceJars services = new ServiceJars(home);
    Optional<Deployment> earlier = living ? Deployment.find(home) : Optional.empty();
    if (earlier.isPresent()) {
      return new CurrentDeployment(earlier.get(), Optional.of(snapshot));
    }
    Deployment deployment = new Deployment(home, Distribution.ofThisProcess(), services.copy());
    deployment.write();
    if (!living) {
      services.keepOnly(deployment.services());
    }
    return new CurrentDeployment(deployment, Optional.of(snapshot));
  }
}
