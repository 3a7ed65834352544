package dev.troupe.node.registry;

import dev.troupe.protocol.registry.DeathCause;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What this node knows of the cluster at one moment.
 *
 * @param services by name, sorted; a service stays when its instances die
 * @param instances by slot, sorted
 * @param configured the number of instances that the settings ask for, by service, sorted; empty
 *     until the seed node has told it
 * @param deaths how members died whose process was seen to exit, by address; removed members are
 *     not among them
 * @param synced whether this node has become a member and has read what the other nodes know; until
 *     then the view may lack services and instances that exist
 */
public record RegistryView(
    List<MemberView> members,
    Map<String, ServiceView> services,
    List<InstanceView> instances,
    Map<String, Integer> configured,
    Map<String, DeathCause> deaths,
    boolean synced) {
  public static final RegistryView EMPTY =
      new RegistryView(List.of(), Map.of(), List.of(), Map.of(), Map.of(), false);

  public RegistryView {
    members = List.copyOf(members);
    services = Collections.unmodifiableMap(new TreeMap<>(services));
    instances = List.copyOf(instances);
    configured = Collections.unmodifiableMap(new TreeMap<>(configured));
    deaths = Map.copyOf(deaths);
  }

  /** A view of a node that has read what the others know. */
  public RegistryView(
      List<MemberView> members, Map<String, ServiceView> services, List<InstanceView> instances) {
    this(members, services, instances, Map.of(), Map.of(), true);
  }

  public Stream<InstanceView> instancesOf(String service) {
    return instances.stream().filter(instance -> instance.service().equals(service));
  }

  public Optional<InstanceView> instanceAt(String address) {
    return instances.stream()
        .filter(instance -> instance.registration().address().equals(address))
        .findFirst();
  }
}
