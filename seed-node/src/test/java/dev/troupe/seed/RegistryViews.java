package dev.troupe.seed;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes views of the registry for tests. */
public final class RegistryViews {
  public static final String SELF = "pekko://troupe@127.0.0.1:25000";
  public static final Instant STARTED_AT = Instant.parse("2026-01-01T00:00:00Z");

  private RegistryViews() {}

  public static RegistryView of(List<MemberView> members, List<InstanceView> instances) {
    return new RegistryView(members, Map.of(), instances);
  }

  public static MemberView self() {
    return new MemberView(SELF, Set.of("seed"), "Up", true, 1, true, true);
  }

  public static MemberView member(String role, String address, String status) {
    return new MemberView(address, Set.of(role), status, true, 2, false, false);
  }

  public static MemberView unreachable(MemberView member) {
    return new MemberView(
        member.address(),
        member.roles(),
        member.status(),
        false,
        member.age(),
        member.leader(),
        member.self());
  }

  public static InstanceView instance(String slot, int generation, long pid, String address) {
    return instance(slot, generation, pid, address, null);
  }

  public static InstanceView instance(
      String slot, int generation, long pid, String address, @Nullable String url) {
    String service = slot.substring(0, slot.lastIndexOf('-'));
    return new InstanceView(
        new Registration(
            service, slot, generation, address, pid, STARTED_AT, null, STARTED_AT, "1", url, null),
        new Heartbeat(
            generation, 1, 0, STARTED_AT, InstanceState.READY, null, false, 0, 0, 0, Map.of()),
        member(service, address, "Up"),
        Duration.ZERO,
        false);
  }
}
