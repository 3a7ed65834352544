package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;

/**
 * One registered instance whose member is in the cluster.
 *
 * @param silence the time since its last heartbeat was sent, as this node estimates it
 * @param suspect whether {@code silence} is longer than {@code health.suspect-after}
 */
public record InstanceView(
    Registration registration,
    Heartbeat heartbeat,
    MemberView member,
    Duration silence,
    boolean suspect) {

  public String slot() {
    return registration.slot();
  }

  public String service() {
    return registration.service();
  }

  /** Whether new requests may be sent to the instance. */
  public boolean isReady() {
    return isHeard() && heartbeat.state() == InstanceState.READY;
  }

  /** Whether the instance can do only a part of its work: it gets requests if none is ready. */
  public boolean isDegraded() {
    return isHeard() && heartbeat.state() == InstanceState.UNHEALTHY && heartbeat.degraded();
  }

  /**
   * Whether the instance is up, reachable and not silent, whatever its own checks say. One that a
   * debugger may have stopped counts as heard.
   */
  public boolean isHeard() {
    return member.isUp() && (registration.debuggable() || (member.reachable() && !suspect));
  }
}
