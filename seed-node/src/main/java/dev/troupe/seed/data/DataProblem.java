package dev.troupe.seed.data;

/**
 * How what one node holds of a slot differs from what another holds.
 *
 * @param slot that the entry is of
 * @param have the generation that this node holds, or the age of its heartbeat in milliseconds
 * @param other what the node {@code at} holds
 * @param at the slot of the node that holds the newest
 */
public record DataProblem(String slot, Kind kind, long have, long other, String at) {
  /** What differs. */
  public enum Kind {
    NO_REGISTRATION,
    OLD_REGISTRATION,
    NO_HEARTBEAT,
    OLD_HEARTBEAT
  }
}
