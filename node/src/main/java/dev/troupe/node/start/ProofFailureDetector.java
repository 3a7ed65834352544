package dev.troupe.node.start;

import com.typesafe.config.Config;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/**
 * Suspects as Pekko's own detector does, but needs no time where there is proof: what {@link
 * ProvenDead} lists is unavailable at once.
 *
 * <p>Without it the leader waits some seconds for the heartbeats of a process that the supervisor
 * saw exit, and until then lets no replacement become Up.
 */
public final class ProofFailureDetector extends PhiAccrualFailureDetector {
  private volatile String watched = "";

  /** Called by Pekko, by reflection. */
  public ProofFailureDetector(Config config, EventStream events) {
    super(config, events);
  }

  @Override
  public void setAddress(String address) {
    super.setAddress(address);
    watched = address;
  }

  @Override
  public boolean isAvailable() {
    return !ProvenDead.contains(watched) && super.isAvailable();
  }
}
