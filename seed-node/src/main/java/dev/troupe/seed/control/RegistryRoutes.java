package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What the seed node knows of the members of the cluster and of the instances of a service. */
final class RegistryRoutes {
  private final Supplier<Map<String, Set<String>>> observers;
  private final Supplier<RegistryView> registry;

  /**
   * @param registry the newest view of the cluster
   * @param observers the addresses of the members that do not hear another, by the address of that
   */
  RegistryRoutes(Supplier<RegistryView> registry, Supplier<Map<String, Set<String>>> observers) {
    this.observers = observers;
    this.registry = registry;
  }

  /**
   * @param synced whether the seed node has read what the other nodes know
   */
  private record Members(boolean synced, List<MemberState> members) {}

  /**
   * @param slot that the member is of, once it has registered
   * @param unreachableFrom the slots of the members that do not hear it, sorted; the address of one
   *     that has not registered
   * @param age 1 for the oldest member of the cluster
   * @param heartbeatAgeMillis since its last heartbeat, as the seed node estimates it
   */
  private record MemberState(
      String address,
      @Nullable String slot,
      Set<String> roles,
      String status,
      boolean reachable,
      List<String> unreachableFrom,
      int age,
      boolean leader,
      boolean self,
      @Nullable Long heartbeatAgeMillis) {
    static MemberState of(MemberView member, RegistryView view, Set<String> unreachableFrom) {
      Optional<InstanceView> instance = view.instanceAt(member.address());
      return new MemberState(
          member.address(),
          instance.map(InstanceView::slot).orElse(null),
          member.roles(),
          member.status(),
          member.reachable(),
          unreachableFrom.stream()
              .map(from -> view.instanceAt(from).map(InstanceView::slot).orElse(from))
              .sorted()
              .toList(),
          member.age(),
          member.leader(),
          member.self(),
          instance.map(found -> found.silence().toMillis()).orElse(null));
    }
  }

  /**
   * @param requests answered since the cluster was started
   * @param errors those that failed by the fault of the service
   * @param callers the nodes that call the service
   */
  private record ServiceDetails(
      String service,
      long requests,
      long errors,
      List<InstanceDetails> instances,
      List<Caller> callers) {}

  private record InstanceDetails(
      String slot,
      int generation,
      long pid,
      String address,
      String version,
      @Nullable String url,
      Instant startedAt,
      InstanceState state,
      @Nullable String reason,
      boolean ready,
      boolean suspect,
      long heartbeatAgeMillis,
      int inFlight,
      long heapBytes,
      double cpuSeconds,
      long uptimeMillis) {
    static InstanceDetails of(InstanceView instance) {
      Registration registration = instance.registration();
      Heartbeat heartbeat = instance.heartbeat();
      return new InstanceDetails(
          registration.slot(),
          registration.generation(),
          registration.pid(),
          registration.address(),
          registration.version(),
          registration.url(),
          registration.startedAt(),
          heartbeat.state(),
          heartbeat.reason(),
          instance.isReady(),
          instance.suspect(),
          instance.silence().toMillis(),
          heartbeat.inFlight(),
          heartbeat.heapBytes(),
          heartbeat.cpuSeconds(),
          heartbeat.uptimeMillis());
    }
  }

  private record Caller(String slot, @JsonUnwrapped CallReport calls) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/cluster", Permission.READ, request -> now(json(200, members()))),
        ManagementRoute.get(
            "/services/{service}",
            Permission.READ,
            request -> now(service(request.variable("service")))));
  }

  private Members members() {
    RegistryView view = registry.get();
    Map<String, Set<String>> unreachable = observers.get();
    return new Members(
        view.synced(),
        view.members().stream()
            .map(
                member ->
                    MemberState.of(
                        member, view, unreachable.getOrDefault(member.address(), Set.of())))
            .toList());
  }

  private HttpResponse service(String name) {
    RegistryView view = registry.get();
    List<InstanceDetails> instances = view.instancesOf(name).map(InstanceDetails::of).toList();
    ServiceView service = view.services().get(name);
    if (service == null && instances.isEmpty()) {
      return error(
          404,
          "there is no service '%s'; there are: %s"
              .formatted(name, String.join(", ", view.services().keySet())));
    }
    return json(
        200,
        new ServiceDetails(
            name,
            service == null ? 0 : service.requests(),
            service == null ? 0 : service.errors(),
            instances,
            callers(name, view)));
  }

  private static List<Caller> callers(String service, RegistryView view) {
    return view.instances().stream().flatMap(instance -> caller(service, instance)).toList();
  }

  private static Stream<Caller> caller(String service, InstanceView instance) {
    CallReport report = instance.heartbeat().calls().get(service);
    return report == null ? Stream.empty() : Stream.of(new Caller(instance.slot(), report));
  }
}
