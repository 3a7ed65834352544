package dev.troupe.node.shutdown;

import dev.troupe.protocol.launch.ExitNote;
import dev.troupe.protocol.launch.NodeExit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Ends a node in order, with the exit code of its reason. Every ordered end of a node is a
 * coordinated shutdown, and the reason of the shutdown gives the exit code; the first reason
 * counts.
 */
public final class NodeShutdown {
  private NodeShutdown() {}

  // Each reason has a class of its own, because Pekko finds the exit code by the class.
  private enum StartFailed implements CoordinatedShutdown.Reason {
    INSTANCE
  }

  private enum StartRefused implements CoordinatedShutdown.Reason {
    INSTANCE
  }

  private enum ServiceStopped implements CoordinatedShutdown.Reason {
    INSTANCE
  }

  private enum EssentialActorLost implements CoordinatedShutdown.Reason {
    INSTANCE
  }

  private enum Orphaned implements CoordinatedShutdown.Reason {
    INSTANCE
  }

  private static final Map<NodeExit, CoordinatedShutdown.Reason> OWN =
      Map.of(
          NodeExit.START_FAILED, StartFailed.INSTANCE,
          NodeExit.START_REFUSED, StartRefused.INSTANCE,
          NodeExit.SERVICE_STOPPED, ServiceStopped.INSTANCE,
          NodeExit.ESSENTIAL_ACTOR_LOST, EssentialActorLost.INSTANCE,
          NodeExit.ORPHANED, Orphaned.INSTANCE);

  private static final Map<NodeExit, CoordinatedShutdown.Reason> OF_PEKKO =
      Map.of(
          NodeExit.NOT_JOINED, CoordinatedShutdown.clusterJoinUnsuccessfulReason(),
          NodeExit.DOWNED, CoordinatedShutdown.clusterDowningReason());

  /** The Pekko settings that give each reason its exit code: path and value. */
  public static Map<String, Object> exitCodes() {
    Map<String, Object> codes = new HashMap<>();
    for (Map<NodeExit, CoordinatedShutdown.Reason> reasons : List.of(OWN, OF_PEKKO)) {
      reasons.forEach(
          (exit, reason) ->
              codes.put(
                  "pekko.coordinated-shutdown.reason-overrides.\"%s\".exit-code"
                      .formatted(reason.getClass().getName()),
                  exit.code()));
    }
    return codes;
  }

  /** Whether the shutdown has begun; a failure after that needs no report. */
  public static boolean hasBegun(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system).getShutdownReason().isPresent();
  }

  /**
   * Begins the shutdown; the process then ends with the code of {@code exit}. Does nothing if a
   * shutdown has begun before.
   *
   * @param exit an exit that a node decides itself: no usage error, and no exit of the JVM
   * @param detail what went wrong, for the supervisor to show
   */
  public static void begin(ActorSystem<?> system, NodeExit exit, String detail) {
    CoordinatedShutdown.Reason reason = OWN.get(exit);
    if (reason == null) {
      throw new IllegalArgumentException(exit + " (expected: one of " + OWN.keySet() + ")");
    }
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    if (hasBegun(system)) {
      return;
    }
    new ExitNote(exit.code(), detail).print();
    shutdown.runAll(reason);
  }
}
