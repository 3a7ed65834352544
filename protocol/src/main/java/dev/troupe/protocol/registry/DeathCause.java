package dev.troupe.protocol.registry;

/** Whether a process may have died of the work it had. */
public enum DeathCause {
  /** It ended by itself: it exited, ran out of memory or crashed. */
  ITSELF,
  /** Another process killed or stopped it, or it left because its cluster had no use for it. */
  OTHERS,
  /** Nobody saw how it ended. */
  UNKNOWN
}
