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
    /** The instance reports that it cannot work now. It may recover without a restart. */
    UNWELL,
    /** The instance has sent no heartbeat for longer than the heartbeat timeout. */
    HUNG
  }

  Verdict judge(InstanceObservation.Instance instance) {
    if (instance.silence().compareTo(heartbeatTimeout) > 0) {
      return Verdict.HUNG;
    }
    return instance.state() == InstanceState.UNHEALTHY ? Verdict.UNWELL : Verdict.HEALTHY;
  }
}
