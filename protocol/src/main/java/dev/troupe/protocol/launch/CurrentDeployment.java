package dev.troupe.protocol.launch;

import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The files in {@code run} that each launched process needs: the {@link Deployment}, which an
 * update replaces, and the settings, which a reload replaces. If one of them is lost, what it said
 * last holds on and is written again.
 */
public final class CurrentDeployment {
  private Optional<SettingsSnapshot> settings;
  private Deployment last;

  /**
   * @param atStart what holds as long as there is no {@code run/version}
   * @param settings of the cluster; nothing if its nodes read {@code application.conf} themselves
   */
  public CurrentDeployment(Deployment atStart, Optional<SettingsSnapshot> settings) {
    this.last = atStart;
    this.settings = settings;
  }

  /** Reads the file, and writes what was lost; blocks. */
  public synchronized Deployment get() throws IOException {
    if (settings.isPresent()) {
      settings = Optional.of(settings.get().current());
    }
    Optional<Deployment> found = Deployment.find(last.home());
    if (found.isPresent()) {
      last = found.get();
    } else if (settings.isPresent()) {
      last.write();
    }
    return last;
  }

  /** What tells a node which settings to use. */
  public synchronized List<String> arguments() {
    return settings.isPresent() ? List.of("--snapshot") : List.of();
  }
}
