package dev.troupe.node.registry;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** An instance as a registry may show it. */
public record FakeInstance(
    String slot,
    String address,
    @Nullable ActorRef<ServiceRequest> endpoint,
    InstanceState state,
    @Nullable String reason,
    boolean degraded,
    String memberStatus,
    boolean reachable,
    boolean suspect) {

  public static FakeInstance ready(String slot, @Nullable ActorRef<ServiceRequest> endpoint) {
    return new FakeInstance(
        slot,
        "pekko://troupe@127.0.0.1:" + (25_000 + Math.floorMod(slot.hashCode(), 1000)),
        endpoint,
        InstanceState.READY,
        null,
        false,
        "Up",
        true,
        false);
  }

  public FakeInstance at(String other) {
    return new FakeInstance(
        slot, other, endpoint, state, reason, degraded, memberStatus, reachable, suspect);
  }

  public FakeInstance saying(InstanceState other) {
    return new FakeInstance(
        slot, address, endpoint, other, reason, degraded, memberStatus, reachable, suspect);
  }

  public FakeInstance unhealthy(String why) {
    return new FakeInstance(
        slot,
        address,
        endpoint,
        InstanceState.UNHEALTHY,
        why,
        false,
        memberStatus,
        reachable,
        suspect);
  }

  public FakeInstance degraded(String why) {
    return new FakeInstance(
        slot,
        address,
        endpoint,
        InstanceState.UNHEALTHY,
        why,
        true,
        memberStatus,
        reachable,
        suspect);
  }

  public FakeInstance as(String otherStatus) {
    return new FakeInstance(
        slot, address, endpoint, state, reason, degraded, otherStatus, reachable, suspect);
  }

  public FakeInstance unreachable() {
    return new FakeInstance(
        slot, address, endpoint, state, reason, degraded, memberStatus, false, suspect);
  }

  public FakeInstance silent() {
    return new FakeInstance(
        slot, address, endpoint, state, reason, degraded, memberStatus, reachable, true);
  }

  /** The view of the same instance while a debugger may stop its threads. */
  public InstanceView debuggableView() {
    InstanceView view = view();
    Registration registration = view.registration();
    return new InstanceView(
        new Registration(
            registration.service(),
            slot,
            1,
            address,
            1,
            Instant.EPOCH,
            null,
            Instant.EPOCH,
            "1",
            null,
            endpoint,
            true),
        view.heartbeat(),
        view.member(),
        view.silence(),
        view.suspect());
  }

  public InstanceView view() {
    String service = slot.substring(0, slot.lastIndexOf('-'));
    return new InstanceView(
        new Registration(
            service, slot, 1, address, 1, Instant.EPOCH, null, Instant.EPOCH, "1", null, endpoint),
        new Heartbeat(1, 1, 0, Instant.EPOCH, state, reason, degraded, 0, 0, 0, Map.of()),
        new MemberView(address, Set.of(service), memberStatus, reachable, 1, false, false),
        suspect ? Duration.ofSeconds(5) : Duration.ZERO,
        suspect);
  }
}
