package dev.troupe.gateway;

import static dev.troupe.protocol.service.HttpMethod.DELETE;
import static dev.troupe.protocol.service.HttpMethod.GET;
import static dev.troupe.protocol.service.HttpMethod.POST;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds views of a cluster. */
public final class Views {
  public static final Instant STARTED = Instant.parse("2026-01-01T10:00:00Z");
  public static final Instant REGISTERED = STARTED.plusSeconds(2);
  public static final Instant BEAT = STARTED.plusSeconds(60);

  private final List<MemberView> members = new ArrayList<>();
  private final Map<String, ServiceView> services = new HashMap<>();
  private final List<InstanceView> instances = new ArrayList<>();
  private Map<String, CallReport> calls = Map.of();

  public static ServiceDescriptor users() {
    return new ServiceDescriptor(
        "UserService",
        "1",
        List.of(
            action("create_user", POST, "/users"),
            action("get_user", GET, "/users/{user_id}"),
            action("list_users", GET, "/users"),
            action("delete_user", DELETE, "/users/{user_id}")));
  }

  public static ServiceDescriptor orders() {
    return new ServiceDescriptor(
        "OrderService", "1", List.of(action("create_order", POST, "/orders")));
  }

  public static ActionDescriptor action(String name, HttpMethod method, String path) {
    return new ActionDescriptor(name, method, PathTemplate.of(path), method.isIdempotent());
  }

  public Views service(ServiceDescriptor descriptor) {
    return service(descriptor, 0, 0);
  }

  public Views service(ServiceDescriptor descriptor, long requests, long errors) {
    services.put(descriptor.service(), new ServiceView(descriptor, requests, errors));
    return this;
  }

  /** What the instances shown from here on say of their calls. */
  public Views calling(String service, CallReport report) {
    calls = Map.of(service, report);
    return this;
  }

  public Views ready(String service, String slot) {
    return instance(service, slot, InstanceState.READY, "Up", true, false, null);
  }

  public Views instance(
      String service,
      String slot,
      InstanceState state,
      String status,
      boolean reachable,
      boolean suspect,
      @Nullable String reason) {
    int number = members.size() + 1;
    String address = "pekko://troupe@127.0.0.1:" + (25000 + number);
    MemberView member =
        new MemberView(
            address, Set.of(service), status, reachable, number, number == 1, number == 1);
    members.add(member);
    instances.add(
        new InstanceView(
            new Registration(
                service,
                slot,
                2,
                address,
                4000 + number,
                STARTED,
                null,
                REGISTERED,
                "1",
                null,
                null),
            new Heartbeat(2, 58, 58_000, BEAT, state, reason, false, 3, 1024, 1.5, calls),
            member,
            Duration.ofMillis(100),
            suspect));
    return this;
  }

  public RegistryView build() {
    return new RegistryView(members, services, instances);
  }
}
