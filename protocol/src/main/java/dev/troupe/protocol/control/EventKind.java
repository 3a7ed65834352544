package dev.troupe.protocol.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can happen to a slot, or to a service. */
public enum EventKind {
  /** A process was started for it. */
  LAUNCHED,
  /** No process could be started for it. */
  LAUNCH_FAILED,
  /** A new seed node found its process running and supervises it from now on. */
  ADOPTED,
  /** A member of the cluster, and its own check passes, for the first time. */
  READY,
  UNHEALTHY,
  /** Its own check passes again. */
  HEALTHY,
  STOPPING,
  /** Its process is gone. */
  EXITED,
  /** The cluster was told that the node of the process is down. */
  DOWN,
  BACKING_OFF,
  /** Another launch begins; {@link #LAUNCHED} follows when there is a process. */
  RELAUNCHING,
  /** The restart budget is spent. */
  FAILED,
  STOPPED,
  /** A service was given another number of slots. */
  SCALED,
  /** The processes of a service are being replaced one after the other. */
  ROLLING,
  /** The processes of a service are being replaced by ones of another version. */
  DEPLOYING,
  /** All processes of a service run the version that was deployed. */
  DEPLOYED,
  /** A version of a service could not be deployed; the one before it runs on. */
  DEPLOYMENT_FAILED,
  /** A node no longer calls an action, since processes of this slot and another died of it. */
  ACTION_SUSPENDED,
  /** Its process logs at another level for a while. */
  LOG_LEVEL;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind with this label; nothing if there is none, as in the file of a later version. */
  public static Optional<EventKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static EventKind of(String label) {
    return labelled(label).orElseThrow(() -> new IllegalArgumentException("no kind " + label));
  }
}
