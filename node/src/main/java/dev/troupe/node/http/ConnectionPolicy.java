package dev.troupe.node.http;

import java.time.Duration;

/** Decides which connections have to go. */
final class ConnectionPolicy {
  // A client that has just connected, or just been answered, is about to send something.
  private static final long SETTLING_NANOS = Duration.ofMillis(100).toNanos();
  // What an honest client on a slow line needs for a head, or between two parts of a body.
  private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();
  // Longer than the gateway goes on reading what it has answered already.
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
    STAY,
    IDLE_TOO_LONG,
    HEAD_TOO_SLOW,
    READS_TOO_SLOWLY,
    LINGERED
  }

  Verdict verdict(ClientState state, long nowNanos) {
    long waited = nowNanos - state.sinceNanos();
    return switch (state.phase()) {
      case IDLE -> waited > idleNanos ? Verdict.IDLE_TOO_LONG : Verdict.STAY;
      case HEAD -> waited > headNanos ? Verdict.HEAD_TOO_SLOW : Verdict.STAY;
      case WRITE -> waited > writeNanos ? Verdict.READS_TOO_SLOWLY : Verdict.STAY;
      case LINGER -> waited > LINGER_NANOS ? Verdict.LINGERED : Verdict.STAY;
      // the reader of the body and the router have timeouts of their own
      case BODY, TURN, WORK -> Verdict.STAY;
    };
  }

  /**
   * Whether a connection may be closed for a new one: who is idle or slow, and who sent requests
   * ahead that nobody has begun with.
   */
  static boolean mayGo(ClientState state, long nowNanos) {
    return nowNanos - state.sinceNanos() >= patience(state.phase());
  }

  /** Whether a client has taken nothing of its reply for so long that others may have its room. */
  static boolean readsSlowly(ClientState state, long nowNanos) {
    return state.phase() == ClientState.Phase.WRITE && nowNanos - state.sinceNanos() >= SLOW_NANOS;
  }

  private static long patience(ClientState.Phase phase) {
    return switch (phase) {
      case IDLE, TURN -> SETTLING_NANOS;
      case HEAD, BODY, WRITE, LINGER -> SLOW_NANOS;
      case WORK -> Long.MAX_VALUE;
    };
  }
}
