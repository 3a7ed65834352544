package dev.troupe.node.death;

import com.typesafe.config.Config;
import dev.troupe.node.registry.PauseDetector;
import java.time.Duration;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/**
 * Suspects as Pekko's own detector does, but needs no time where there is proof: what {@link
 * ConfirmedDeadNodes} lists is unavailable at once.
 *
 * <p>Without it the leader waits some seconds for the heartbeats of a process that the supervisor
 * saw exit, and until then lets no replacement become Up.
 *
 * <p>When this process itself was stopped, it suspects nobody until there was time for a heartbeat.
 */
public final class ConfirmedDeathFailureDetector extends PhiAccrualFailureDetector {
  /** Longer than between two looks of the cluster at the members that a process monitors. */
  private static final PauseDetector PAUSES = new PauseDetector(Duration.ofMillis(2500));

  private final Duration grace;
  private volatile String watched = "";

  /** Called by Pekko, by reflection. */
  public ConfirmedDeathFailureDetector(Config config, EventStream events) {
    super(config, events);
    this.grace =
        config
            .getDuration("acceptable-heartbeat-pause")
            .plus(config.getDuration("heartbeat-interval"));
  }

  @Override
  public void setAddress(String address) {
    super.setAddress(address);
    watched = address;
  }

  @Override
  public boolean isAvailable() {
    boolean awake = isAwake(System.nanoTime());
    return !ConfirmedDeadNodes.contains(watched) && (super.isAvailable() || !awake);
  }

  // Whether the silence of others can be blamed on them.
  private boolean isAwake(long nowNanos) {
    synchronized (PAUSES) {
      PAUSES.observe(nowNanos);
      return !PAUSES.wokeWithin(grace, nowNanos);
    }
  }
}
