package dev.troupe.node.http;

/**
 * What a connection waits for.
 *
 * @param sinceNanos since when, by {@link System#nanoTime}
 */
record ClientState(Phase phase, long sinceNanos) {

  enum Phase {
    /** For the first byte of a request. */
    IDLE,
    /** For the rest of a request's head. */
    HEAD,
    /** For the rest of a request's body. */
    BODY,
    /** For its turn, with a request that it sent before the answer to the one before. */
    TURN,
    /** For the reply, which is the server's affair. */
    WORK,
    /** For the client to take more of a reply. */
    WRITE,
    /** For the rest of a body that has been answered already. */
    LINGER
  }
}
