package dev.troupe.protocol.registry;

/** What an instance says of its own willingness to work. */
public enum InstanceState {
  /** Passed its readiness check and takes requests. */
  READY,
  /** Its readiness check fails: it lives, but can't do its work now. */
  UNHEALTHY,
  /** Finishes what it took, takes nothing new, and will leave. */
  DRAINING
}
