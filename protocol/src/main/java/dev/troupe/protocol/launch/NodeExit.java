package dev.troupe.protocol.launch;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a node's process ended by itself, told by its exit code. Signals are not listed: a process
 * that a signal ended has the code 128 plus the signal's number.
 *
 * <p>The codes from 80 on are Troupe's own: below them are those of the JVM and of the shell's
 * conventions, from 126 on those of shells and signals.
 */
public enum NodeExit {
  /** It left the cluster because it was asked to, or the service terminated its actor system. */
  DONE(0, "ended by itself, its work done"),
  /** Also what the JVM ends with when it cannot be created. */
  START_FAILED(1, "could not start"),
  USAGE(2, "did not understand its command line"),
  /** What the JVM ends with under {@code -XX:+ExitOnOutOfMemoryError}. */
  OUT_OF_MEMORY(3, "ran out of memory"),
  SERVICE_STOPPED(80, "the service's actor stopped"),
  /** A part without which a node is of no use: registry, router, heartbeats. */
  ESSENTIAL_ACTOR_LOST(81, "an actor the node cannot do without stopped"),
  JVM_ENDED_BY_CODE(82, "was ended by code of its own"),
  ORPHANED(83, "left, having been without a supervisor for too long"),
  NOT_JOINED(84, "could not join the cluster"),
  DOWNED(85, "was downed by the cluster"),
  /** What it found must be mended first: another process would find the same. */
  START_REFUSED(86, "refused to start"),
  /** Of a host of a program: the program has ended with an error, or it hangs. */
  PROGRAM_FAILED(87, "its program failed"),
  /** Of a host of a program: somebody has ended the program by a signal. */
  PROGRAM_KILLED(88, "its program was killed"),
  /** What Pekko ends the JVM with after an error that leaves it unusable. */
  FATAL_ERROR(255, "ended after an error that leaves the JVM unusable");

  private final int code;
  private final String meaning;

  NodeExit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The exit code of the process. */
  public int code() {
    return code;
  }

  /** In words, to go after the name of the process. */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether the process did what it should; the policy {@code on-failure} relaunches all others.
   */
  public boolean isSuccess() {
    return this == DONE;
  }

  /** What {@code code} means; nothing if it is none of ours. */
  public static Optional<NodeExit> of(int code) {
    return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst();
  }
}
