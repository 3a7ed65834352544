package dev.troupe.seed.slot;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.InstanceState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the registry shows of a slot's process.
 *
 * @param memberUp whether the node of the process is a member that is up
 * @param instance what the process says of itself, once it has registered
 */
public record InstanceObservation(boolean memberUp, Optional<Instance> instance) {
  /** The registry shows nothing of the process. */
  public static final InstanceObservation NONE = new InstanceObservation(false, Optional.empty());

  /**
   * What an instance says of itself.
   *
   * @param silence the time since its last heartbeat; zero if a debugger may have stopped it
   */
  public record Instance(
      int generation, InstanceState state, @Nullable String reason, Duration silence) {}

  /** What {@code view} shows of the process at {@code address}. */
  public static InstanceObservation ofAddress(String address, RegistryView view) {
    boolean up =
        view.members().stream()
            .anyMatch(member -> member.address().equals(address) && member.isUp());
    return new InstanceObservation(
        up, view.instanceAt(address).map(InstanceObservation::instanceOf));
  }

  /** Whether this node is a member of a cluster. */
  public static boolean isSelfIn(RegistryView view) {
    return view.members().stream().anyMatch(MemberView::self);
  }

  private static Instance instanceOf(InstanceView view) {
    return new Instance(
        view.registration().generation(),
        view.heartbeat().state(),
        view.heartbeat().reason(),
        view.registration().debuggable() ? Duration.ZERO : view.silence());
  }
}
