package dev.troupe.node.shutdown;

import dev.troupe.protocol.launch.ExitNote;
import dev.troupe.protocol.launch.NodeExit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The one place that decides with which exit code a node ends itself. Every end goes through
 * coordinated shutdown, whose reason tells the code; the first reason counts.
 */
public final class NodeShutdown {
  private NodeShutdown() {}

  // An enum for each, because Pekko finds the exit code by the class of the reason.
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

  /** The path of the setting that gives an ending its exit code, and the code. */
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

  /** Whether the node is ending: what fails from now on is no news. */
  public static boolean hasBegun(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system).getShutdownReason().isPresent();
  }

  /**
   * Ends this node in order, and its process with the code of {@code exit}. Does nothing when it is
   * ending already.
   *
   * @param exit one that a node decides itself: not a usage error, nor what the JVM ends with
   * @param detail what in particular was wrong, for the supervisor to show
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
