package dev.troupe.seed.slot;

import dev.troupe.protocol.registry.InstanceState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster knows of a slot's process.
 *
 * @param memberUp whether its node is a member that is up
 * @param instance what it says of itself, once it has registered
 */
public record InstanceObservation(boolean memberUp, Optional<Instance> instance) {
  /** Nothing at all. */
  public static final InstanceObservation NONE = new InstanceObservation(false, Optional.empty());

  /**
   * What an instance says of itself.
   *
   * @param silence since its last heartbeat
   */
  public record Instance(
      int generation, InstanceState state, @Nullable String reason, Duration silence) {}
}
