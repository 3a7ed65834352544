package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.DeathCause;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** An instance as the router sees it. Confined to the router. */
final class InstanceHandle {
  private final String slot;
  private final String address;
  private final ActorRef<ServiceRequest> endpoint;
  private final @Nullable String programUrl;
  private final int generation;
  private boolean ready;
  private boolean heard;
  private int inFlight;
  private boolean lossCounted;
  private DeathCause deathCause = DeathCause.UNKNOWN;

  /**
   * @param address of the instance's node
   */
  InstanceHandle(String slot, String address, ActorRef<ServiceRequest> endpoint) {
    this(slot, address, endpoint, null, 0);
  }

  /**
   * @param address of the instance's node
   * @param programUrl where the program of the instance answers; null if the instance is none
   * @param generation of the instance's process; 0 if it is not known
   */
  InstanceHandle(
      String slot,
      String address,
      ActorRef<ServiceRequest> endpoint,
      @Nullable String programUrl,
      int generation) {
    this.slot = slot;
    this.address = address;
    this.endpoint = endpoint;
    this.programUrl = programUrl;
    this.generation = generation;
  }

  String slot() {
    return slot;
  }

  String address() {
    return address;
  }

  int generation() {
    return generation;
  }

  ActorRef<ServiceRequest> endpoint() {
    return endpoint;
  }

  /** Where the program of the instance answers; null if the instance is none. */
  @Nullable String programUrl() {
    return programUrl;
  }

  /** Stores what the registry knows now. */
  void update(boolean ready, boolean heard) {
    this.ready = ready;
    this.heard = heard;
  }

  /** The instance said that it is leaving; the registry will say so soon. */
  void markLeaving() {
    ready = false;
  }

  boolean isReady() {
    return ready;
  }

  /** Whether the instance has given a sign of life lately. */
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

  void markDead(DeathCause cause) {
    deathCause = cause;
  }

  /** UNKNOWN also while the process is alive. */
  DeathCause deathCause() {
    return deathCause;
  }

  /**
   * What the loss of this instance tells the circuit breaker: one failure, however many calls the
   * instance had. The first of these calls to end gets it, the others get {@code IGNORED}.
   */
  CircuitBreaker.Result takeLossResult() {
    if (lossCounted) {
      return CircuitBreaker.Result.IGNORED;
    }
    lossCounted = true;
    return CircuitBreaker.Result.FAILURE;
  }
}
