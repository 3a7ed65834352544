package dev.troupe.cli.reload;

import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to happen so that a running cluster has other settings. Only processes that read a
 * setting that has changed are replaced.
 *
 * @param fixed settings that have changed but hold from {@code up} to {@code down}
 * @param added services that the cluster does not have yet
 * @param removed services that the settings no longer have
 * @param scaled the new number of instances of each service that has another one
 * @param restarted services whose processes are to be replaced, in start order, each with the
 *     reason
 * @param gateways why the gateways are to be replaced; empty if they need not be
 * @param singleGateway whether there is only one, whose restart would interrupt new connections
 * @param seed whether the seed node is to be replaced
 */
record ReloadPlan(
    List<String> fixed,
    List<ServiceSettings> added,
    List<String> removed,
    Map<String, Integer> scaled,
    Map<String, String> restarted,
    Optional<String> gateways,
    boolean singleGateway,
    boolean seed) {
  // What the seed node alone reads.
  private static final Set<String> OF_SUPERVISION =
      Set.of("restart", "startConcurrency", "events", "alerts");
  private static final Set<String> OF_SUPERVISION_OF_A_SERVICE =
      Set.of("instances", "dependsOn", "restart");
  private static final Set<String> WITH_OWN_RULES =
      Set.of("home", "cluster", "gateway", "seed", "management", "services", "storage");

  static ReloadPlan between(Settings before, Settings after) {
    Set<String> changed = ChangedComponents.between(before, after);
    Set<String> storage = ChangedComponents.between(before.storage(), after.storage());
    Set<String> gateway = ChangedComponents.between(before.gateway(), after.gateway());
    List<String> fixed = fixed(before, after, changed, storage, gateway);
    Optional<String> forAll = forAll(before, after, changed, storage);
    List<String> removed =
        before.services().stream()
            .map(ServiceSettings::name)
            .filter(name -> after.service(name).isEmpty())
            .toList();

    List<ServiceSettings> added = new ArrayList<>();
    Map<String, Integer> scaled = new TreeMap<>();
    Map<String, String> restarted = new LinkedHashMap<>();
    for (ServiceSettings service : after.services()) {
      Optional<ServiceSettings> earlier = before.service(service.name());
      if (earlier.isEmpty()) {
        added.add(service);
        continue;
      }
      if (earlier.get().instances() != service.instances()) {
        scaled.put(service.name(), service.instances());
      }
      Set<String> own = ChangedComponents.between(earlier.get(), service);
      own.removeAll(OF_SUPERVISION_OF_A_SERVICE);
      if (forAll.isPresent() || !own.isEmpty()) {
        restarted.put(service.name(), forAll.orElseGet(() -> String.join(", ", keys(own))));
      }
    }
    Set<String> ofGateways = new TreeSet<>(gateway);
    if (added.stream().anyMatch(service -> !service.calls().equals(before.calls(service.name())))) {
      ofGateways.add("calls");
    }
    Optional<String> gateways =
        forAll.or(
            () ->
                ofGateways.isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join(", ", keys(ofGateways))));
    return new ReloadPlan(
        fixed,
        List.copyOf(added),
        removed,
        scaled,
        restarted,
        gateways,
        before.gateway().instances() == 1,
        !changed.isEmpty());
  }

  // Two processes of one cluster must not differ in where they meet and where the data is. The
  // launcher, which is not replaced, starts the seed node.
  private static List<String> fixed(
      Settings before,
      Settings after,
      Set<String> changed,
      Set<String> storage,
      Set<String> gateway) {
    List<String> fixed = new ArrayList<>();
    if (changed.contains("cluster")) {
      fixed.add("cluster");
    }
    if (gateway.contains("endpoint")) {
      fixed.add("gateway.host and gateway.port");
    }
    if (gateway.contains("instances")) {
      fixed.add("gateway.instances");
    }
    if (changed.contains("management")) {
      fixed.add("management");
    }
    if (!Objects.equals(before.seed().jvmOptions(), after.seed().jvmOptions())) {
      fixed.add("seed.jvm-options");
    }
    if (storage.contains("directory")) {
      fixed.add("storage.directory");
    }
    if (storage.contains("server")) {
      fixed.add("storage.url, user and password");
    }
    return fixed.stream().map(key -> "troupe." + key).toList();
  }

  /** Why each process but the seed node has to be replaced. */
  private static Optional<String> forAll(
      Settings before, Settings after, Set<String> changed, Set<String> storage) {
    Set<String> all = new TreeSet<>(changed);
    all.removeAll(OF_SUPERVISION);
    all.removeAll(WITH_OWN_RULES);
    if (!storage.isEmpty()) {
      all.add("storage");
    }
    // Each process bounds its own calls of a service.
    boolean callsChanged =
        after.services().stream()
            .anyMatch(
                service ->
                    before
                        .service(service.name())
                        .filter(earlier -> !earlier.calls().equals(service.calls()))
                        .isPresent());
    if (callsChanged) {
      all.add("calls");
    }
    if (!before.seed().environment().equals(after.seed().environment())) {
      all.add("environment");
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", keys(all)));
  }

  private static List<String> keys(Set<String> components) {
    return components.stream()
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
        .toList();
  }

  boolean isEmpty() {
    return !seed;
  }

  /** A line for each step. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (ServiceSettings service : added) {
      lines.add("%s: added, instances: %d".formatted(service.name(), service.instances()));
    }
    for (String service : removed) {
      lines.add("%s: removed; its data and its versions stay".formatted(service));
    }
    scaled.forEach((name, instances) -> lines.add("%s: instances: %d".formatted(name, instances)));
    restarted.forEach((name, why) -> lines.add("%s: restarted (%s)".formatted(name, why)));
    gateways.ifPresent(
        why ->
            lines.add(
                (singleGateway
                        ? "gateway: keeps its earlier settings until it is restarted (changed: %s)"
                        : "gateway: restarted (%s)")
                    .formatted(why)));
    if (seed) {
      lines.add("seed-1: replaced; it takes over the processes that run");
    }
    return lines;
  }
}
