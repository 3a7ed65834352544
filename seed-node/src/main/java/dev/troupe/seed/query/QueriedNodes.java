package dev.troupe.seed.query;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes that should answer a question to all nodes.
 *
 * @param services by slot: of the slots that are not stopped, and of instances that have no slot
 *     here
 * @param addresses by slot, of those that are members and not known to be dead
 */
public record QueriedNodes(Map<String, String> services, Map<String, String> addresses) {
  /** The nodes of one moment. */
  public static QueriedNodes of(ClusterStatus status, RegistryView view) {
    Map<String, String> services = new TreeMap<>();
    Map<String, String> addresses = new TreeMap<>();
    for (SlotStatus slot : status.slots()) {
      if (slot.state() != SlotState.STOPPED) {
        services.put(slot.slot(), slot.service());
      }
    }
    for (InstanceView instance : view.instances()) {
      String address = instance.registration().address();
      if (!view.deaths().containsKey(address)) {
        services.putIfAbsent(instance.slot(), instance.service());
        addresses.put(instance.slot(), address);
      }
    }
    return new QueriedNodes(services, addresses);
  }
}
