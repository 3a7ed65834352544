package dev.troupe.cli.process;

import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a running cluster was started with: its settings and its jars. */
public final class RunningFiles {
  private RunningFiles() {}

  /**
   * The settings of the cluster that runs in {@code home} or, if none does, those that the next one
   * would have.
   *
   * @throws SettingsException when they cannot be used
   */
  public static Settings settings(Path home) {
    return SettingsSnapshot.find(home)
        .map(SettingsSnapshot::settings)
        .orElseGet(() -> SettingsLoader.load(home, System.getenv()));
  }

  /** The cluster was stopped: the next start takes settings and jars anew. */
  public static void forget(Path home) {
    try {
      SettingsSnapshot.delete(home);
      Deployment.delete(home);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what belonged to the cluster", e);
    }
  }
}
