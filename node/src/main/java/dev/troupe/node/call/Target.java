package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceRequest;
import org.apache.pekko.actor.typed.ActorRef;

/** An instance as the router sees it. Confined to the router. */
final class Target {
  private final String slot;
  private final ActorRef<ServiceRequest> endpoint;
  private boolean ready;
  private boolean heard;
  private int inFlight;
  private boolean lossCounted;

  Target(String slot, ActorRef<ServiceRequest> endpoint) {
    this.slot = slot;
    this.endpoint = endpoint;
  }

  String slot() {
    return slot;
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

  void took() {
    inFlight++;
  }

  void gaveBack() {
    inFlight--;
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
