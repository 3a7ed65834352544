package dev.troupe.cli.process;

import dev.troupe.protocol.launch.DebugPorts;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The settings and jars that a running cluster was started with. */
public final class RunningFiles {
  private RunningFiles() {}

  /**
   * The settings of the cluster that runs in {@code home} or, if none runs, those of the next
   * start.
   *
   * @throws SettingsException when they cannot be used
   */
  public static Settings settings(Path home) {
    return SettingsSnapshot.find(home)
        .map(SettingsSnapshot::settings)
        .orElseGet(() -> SettingsLoader.load(home, System.getenv()));
  }

  /** Deletes them after a stop, so that the next start takes new ones. */
  public static void forget(Path home) {
    try {
      SettingsSnapshot.delete(home);
      Deployment.delete(home);
      DebugPorts.NONE.write(home.resolve("run"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what belonged to the cluster", e);
    }
  }
}
