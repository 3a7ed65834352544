package dev.troupe.gateway.status;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.settings.ServiceSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The services that the settings of the cluster have now, with their numbers of instances. They may
 * be others than when this gateway was started.
 */
public final class ConfiguredServices {
  private final Map<String, Integer> atStart;

  /**
   * @param atStart hold until the seed node has told which services there are
   */
  public ConfiguredServices(List<ServiceSettings> atStart) {
    this.atStart = new TreeMap<>();
    atStart.forEach(service -> this.atStart.put(service.name(), service.instances()));
  }

  /** The number of instances by service, sorted by name. */
  public Map<String, Integer> at(RegistryView view) {
    return view.configured().isEmpty() ? atStart : view.configured();
  }
}
