package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.GCounterKey;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;

/** The keys of Distributed Data under which nodes write their entries. */
public final class RegistryKeys {
  /** By service; kept when all instances are dead, so that requests for the service can wait. */
  public static final Key<LWWMap<String, ServiceDescriptor>> DESCRIPTORS =
      LWWMapKey.create("descriptors");

  /** By slot. */
  public static final Key<LWWMap<String, Registration>> REGISTRATIONS =
      LWWMapKey.create("registrations");

  /** By slot. */
  public static final Key<LWWMap<String, Heartbeat>> HEARTBEATS = LWWMapKey.create("heartbeats");

  /**
   * The number of instances that the settings ask for, by service: written by the seed node, since
   * the settings of a running cluster may change. A node of an earlier version reads this type.
   */
  public static final Key<LWWMap<String, Integer>> CONFIGURED = LWWMapKey.create("configured");

  private RegistryKeys() {}

  /** Requests answered by all instances of a service. */
  public static Key<GCounter> requests(String service) {
    return GCounterKey.create("requests-" + service);
  }

  /** Requests of a service that failed through its own fault. */
  public static Key<GCounter> errors(String service) {
    return GCounterKey.create("errors-" + service);
  }
}
