package dev.troupe.node.http;

import java.time.Duration;

/** Decides which connections the server closes by itself, and which it may close for new ones. */
final class ConnectionPolicy {
  // A client that has just connected, or just read a reply, is about to send something.
  private static final long SETTLING_NANOS = Duration.ofMillis(100).toNanos();
  // An honest client on a slow line needs this long for a head, or between two parts of a body.
  private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();
  // More than the 5 s for which the gateway's BodyReader discards the rest of a rejected body.
  private static final long LINGER_NANOS = Duration.ofSeconds(10).toNanos();

  private final long headNanos;
  private final long writeNanos;
  private final long idleNanos;

  ConnectionPolicy(ConnectionLimits limits) {
    this.headNanos = limits.headTimeout().toNanos();
    this.writeNanos = limits.writeTimeout().toNanos();
    this.idleNanos = limits.idleTimeout().toNanos();
  }

  enum Verdict {
    KEEP,
    IDLE_TOO_LONG,
    HEAD_TOO_SLOW,
    READS_TOO_SLOWLY,
    LINGERED
  }

  Verdict verdict(ConnectionState state, long nowNanos) {
    long waited = nowNanos - state.sinceNanos();
    return switch (state.phase()) {
      case IDLE -> waited > idleNanos ? Verdict.IDLE_TOO_LONG : Verdict.KEEP;
      case HEAD -> waited > headNanos ? Verdict.HEAD_TOO_SLOW : Verdict.KEEP;
      case WRITE -> waited > writeNanos ? Verdict.READS_TOO_SLOWLY : Verdict.KEEP;
      case LINGER -> waited > LINGER_NANOS ? Verdict.LINGERED : Verdict.KEEP;
      // The reader of the body and the router have timeouts of their own.
      case BODY, QUEUED, PROCESSING -> Verdict.KEEP;
    };
  }

  /**
   * Whether the server may close the connection to make room for a new one: it is idle or slow, or
   * its pipelined request has waited in the queue for a while.
   */
  static boolean isEvictable(ConnectionState state, long nowNanos) {
    return nowNanos - state.sinceNanos() >= evictableAfterNanos(state.phase());
  }

  /** Whether the client has read nothing of its reply for so long that others may have its room. */
  static boolean isSlowReader(ConnectionState state, long nowNanos) {
    return state.phase() == ConnectionState.Phase.WRITE
        && nowNanos - state.sinceNanos() >= SLOW_NANOS;
  }

  private static long evictableAfterNanos(ConnectionState.Phase phase) {
    return switch (phase) {
      case IDLE, QUEUED -> SETTLING_NANOS;
      case HEAD, BODY, WRITE, LINGER -> SLOW_NANOS;
      case PROCESSING -> Long.MAX_VALUE;
    };
  }
}
