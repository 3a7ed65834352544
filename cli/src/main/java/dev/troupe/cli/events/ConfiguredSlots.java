package dev.troupe.cli.events;

import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The slots that the settings of the running cluster name, with their restart settings. */
final class ConfiguredSlots {
  private final Map<String, RestartSettings> restart = new LinkedHashMap<>();

  private ConfiguredSlots() {}

  /** Empty if the settings cannot be used: the journal can be read without them. */
  static ConfiguredSlots of(Path home) {
    ConfiguredSlots slots = new ConfiguredSlots();
    try {
      slots.add(RunningFiles.settings(home));
    } catch (SettingsException unusable) {
      return new ConfiguredSlots();
    }
    return slots;
  }

  /** The names of the slots, the seed node's included. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(restart.keySet());
    names.add(ClusterProcess.SEED_SLOT);
    return names;
  }

  Optional<RestartSettings> restart(String slot) {
    return Optional.ofNullable(restart.get(slot));
  }

  private void add(Settings settings) {
    add(NodeNames.GATEWAY, settings.gateway().instances(), settings.restart());
    for (ServiceSettings service : settings.services()) {
      add(service.name(), service.instances(), service.restart());
    }
  }

  private void add(String service, int instances, RestartSettings settings) {
    for (int index = 1; index <= instances; index++) {
      restart.put(service + "-" + index, settings);
    }
  }
}
