package dev.troupe.cli.stop;

import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.StopSettings;
import java.nio.file.Path;
import java.time.Duration;

/** How long an ordered stop may take before what is left is killed. */
public final class StopBound {
  private static final Duration DEFAULT = Duration.ofSeconds(10);

  private StopBound() {}

  public static Duration of(StopSettings settings) {
    return settings.drainTimeout().plus(settings.grace());
  }

  /** By the settings of {@code home}; a file broken since the start must not prevent a stop. */
  static Duration of(Path home) {
    try {
      return of(SettingsLoader.load(home, System.getenv()).stop());
    } catch (SettingsException e) {
      return DEFAULT;
    }
  }
}
