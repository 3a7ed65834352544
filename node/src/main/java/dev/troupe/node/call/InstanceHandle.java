package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.DeathCause;
import org.apache.pekko.actor.typed.ActorRef;

/** An instance as the router sees it. Confined to the router. */
final class InstanceHandle {
  private final String slot;
  private final String address;
  private final ActorRef<ServiceRequest> endpoint;
  private boolean ready;
  private boolean heard;
  private int inFlight;
  private boolean lossCounted;
  private DeathCause death = DeathCause.UNKNOWN;

  /**
   * @param address of its node
   */
  InstanceHandle(String slot, String address, ActorRef<ServiceRequest> endpoint) {
    this.slot = slot;
    this.address = address;
    this.endpoint = endpoint;
  }

  String slot() {
    return slot;
  }

  String address() {
    return address;
  }

  ActorRef<ServiceRequest> endpoint() {
    return endpoint;
  }

  /** Takes over what the registry knows now. */
  void update(boolean ready, boolean heard) {
    this.ready = ready;
    this.heard = heard;
  }

  /** It said that it is leaving; the registry will say so soon. */
  void leaving() {
    ready = false;
  }

  boolean isReady() {
    return ready;
  }

  /** Whether it has given a sign of life lately. */
  boolean isHeard() {
    return heard;
  }

  int inFlight() {
    return inFlight;
  }

  void acquire() {
    inFlight++;
  }

  void release() {
    inFlight--;
  }

  /** Its process has died. */
  void died(DeathCause cause) {
    death = cause;
  }

  /** How its process died, if it did and somebody saw it. */
  DeathCause death() {
    return death;
  }

  /** What it says of the service that this instance was lost: once, however much it had. */
  Verdict loss() {
    if (lossCounted) {
      return Verdict.NONE;
    }
    lossCounted = true;
    return Verdict.FAILURE;
  }
}
