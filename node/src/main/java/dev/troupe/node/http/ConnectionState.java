package dev.troupe.node.http;

/**
 * The phase that a connection is in.
 *
 * @param sinceNanos the {@link System#nanoTime} at which the phase began
 */
record ConnectionState(Phase phase, long sinceNanos) {

  enum Phase {
    /** The server waits for the first byte of a request. */
    IDLE,
    /** The server waits for the rest of a request's head. */
    HEAD,
    /** The server waits for the rest of a request's body. */
    BODY,
    /** A pipelined request waits in the {@link PipelineScheduler}. */
    QUEUED,
    /** The handler makes the reply. */
    PROCESSING,
    /** The server waits for the client to read more of a reply. */
    WRITE,
    /** The reply is sent, and the server discards the rest of the request's body. */
    LINGER
  }
}
