package dev.troupe.node.death;

import com.typesafe.config.Config;
import dev.troupe.node.registry.PauseDetector;
import java.time.Duration;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/**
 * Pekko's own failure detector with two more rules. A node that {@link ConfirmedDeadNodes} lists is
 * unavailable at once: otherwise the leader would wait some seconds for its heartbeats, and let no
 * replacement become Up meanwhile. After a pause of this process no other node is unavailable until
 * there was time for a heartbeat.
 */
public final class ConfirmedDeathFailureDetector extends PhiAccrualFailureDetector {
  /** The tolerance is longer than the interval at which the cluster asks for availability. */
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

  // Whether this process has run for long enough to have received heartbeats.
  private boolean isAwake(long nowNanos) {
    synchronized (PAUSES) {
      PAUSES.observe(nowNanos);
      return !PAUSES.wokeWithin(grace, nowNanos);
    }
  }
}
