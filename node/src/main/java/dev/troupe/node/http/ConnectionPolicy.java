package dev.troupe.node.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
      case BODY, WORK -> Verdict.STAY;
    };
  }

  /** Which of these states is that of the connection to close for a new one, if any may be. */
  Optional<Integer> victim(List<ClientState> states, long nowNanos) {
    int victim = -1;
    long longest = -1;
    for (int i = 0; i < states.size(); i++) {
      ClientState state = states.get(i);
      long waited = nowNanos - state.sinceNanos();
      if (waited >= patience(state.phase()) && waited > longest) {
        longest = waited;
        victim = i;
      }
    }
    return victim < 0 ? Optional.empty() : Optional.of(victim);
  }

  /** Whether a client has taken nothing of its reply for so long that others may have its room. */
  static boolean readsSlowly(ClientState state, long nowNanos) {
    return state.phase() == ClientState.Phase.WRITE && nowNanos - state.sinceNanos() >= SLOW_NANOS;
  }

  private static long patience(ClientState.Phase phase) {
    return switch (phase) {
      case IDLE -> SETTLING_NANOS;
      case HEAD, BODY, WRITE, LINGER -> SLOW_NANOS;
      case WORK -> Long.MAX_VALUE;
    };
  }
}
