package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;

/**
 * One registered instance whose member is in the cluster.
 *
 * @param silence since this node last saw a new heartbeat of it, by this node's clock
 * @param suspect whether it has been silent for longer than {@code suspect-after}
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

  /** Whether it is well, so that new requests may be sent to it. */
  public boolean isReady() {
    return isHeard() && heartbeat.state() == InstanceState.READY;
  }

  /** Whether new requests may be sent to it, although it can do a part of its work only. */
  public boolean isDegraded() {
    return isHeard() && heartbeat.state() == InstanceState.UNHEALTHY && heartbeat.degraded();
  }

  /** Whether it is up, reachable and not silent, whatever it says of its own health. */
  public boolean isHeard() {
    return member.isUp() && member.reachable() && !suspect;
  }
}
