package dev.troupe.protocol.registry;

/** Whether an instance takes requests, as it says itself. */
public enum InstanceState {
  /** Passed its readiness check and takes requests. */
  READY,
  /** Its readiness check fails: the process runs, but cannot do its work now. */
  UNHEALTHY,
  /** Answers the requests that it took, takes no new ones, and will leave. */
  DRAINING
}
