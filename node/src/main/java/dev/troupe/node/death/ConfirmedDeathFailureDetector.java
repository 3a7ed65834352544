package dev.troupe.node.death;

import com.typesafe.config.Config;
import dev.troupe.node.registry.HeardNodes;
import dev.troupe.node.registry.PauseDetector;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.DeadlineFailureDetector;
import org.apache.pekko.remote.FailureDetectorWithAddress;

/**
 * Decides for Pekko Cluster which nodes are available. A node that sends pulses is judged by these,
 * because heartbeats of Pekko Cluster are rare; they tell of nodes that are not registered yet. A
 * node that {@link ConfirmedDeadNodes} lists is unavailable at once: otherwise the leader would
 * wait some seconds, and let no replacement become Up meanwhile. After a pause of this process no
 * other node is unavailable until there was time for a pulse.
 */
public final class ConfirmedDeathFailureDetector extends DeadlineFailureDetector
    implements FailureDetectorWithAddress {
  /** The tolerance is longer than the interval at which the cluster asks for availability. */
  private static final PauseDetector PAUSES = new PauseDetector(Duration.ofMillis(2500));

  private static final Duration PULSE_INTERVAL = Duration.ofSeconds(1);

  private final Duration longestSilence;
  private volatile String watched = "";

  /** Called by Pekko, by reflection. */
  public ConfirmedDeathFailureDetector(Config config, EventStream events) {
    super(config, events);
    this.longestSilence =
        config.getDuration("acceptable-heartbeat-pause").plus(PULSE_INTERVAL.multipliedBy(2));
  }

  @Override
  public void setAddress(String address) {
    watched = address;
  }

  @Override
  public boolean isAvailable() {
    long now = System.nanoTime();
    boolean awake = isAwake(now);
    return !ConfirmedDeadNodes.contains(watched) && (isHeard(now) || !awake);
  }

  /** Whether pulses of the node or, without any, heartbeats have come of late. */
  boolean isHeard(long nowNanos) {
    OptionalLong silence = HeardNodes.silentNanos(watched, nowNanos);
    return silence.isPresent()
        ? silence.getAsLong() < longestSilence.toNanos()
        : super.isAvailable();
  }

  // Whether this process has run for long enough to have received pulses.
  private boolean isAwake(long nowNanos) {
    synchronized (PAUSES) {
      PAUSES.observe(nowNanos);
      return !PAUSES.wokeWithin(longestSilence, nowNanos);
    }
  }
}
