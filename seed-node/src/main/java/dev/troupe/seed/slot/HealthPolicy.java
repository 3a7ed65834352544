package dev.troupe.seed.slot;

import dev.troupe.protocol.registry.InstanceState;
import java.time.Duration;

/** Judges an instance by its heartbeats. */
final class HealthPolicy {
  private final Duration heartbeatTimeout;

  HealthPolicy(Duration heartbeatTimeout) {
    this.heartbeatTimeout = heartbeatTimeout;
  }

  /** What to think of an instance. */
  enum Verdict {
    HEALTHY,
    /** It says itself that it can't work now; time may heal it. */
    UNWELL,
    /** It has been silent for too long to be anything but hung. */
    HUNG
  }

  Verdict judge(InstanceObservation.Instance instance) {
    if (instance.silence().compareTo(heartbeatTimeout) > 0) {
      return Verdict.HUNG;
    }
    return instance.state() == InstanceState.UNHEALTHY ? Verdict.UNWELL : Verdict.HEALTHY;
  }
}
