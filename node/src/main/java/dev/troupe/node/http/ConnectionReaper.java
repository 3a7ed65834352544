package dev.troupe.node.http;

import java.util.Comparator;
import java.util.List;

/**
 * Closes the connections that are slow, or idle for too long. {@link #run} is for one thread at a
 * time, several times a second.
 */
final class ConnectionReaper {
  /** Lingering connections stay open only so that their clients can read why they were refused. */
  private static final int MAX_LINGERING = 64;

  private final ConnectionLimits limits;
  private final ConnectionPolicy policy;
  private final ConnectionTable table;
  private final ConnectionMemory memory;
  private final ConnectionCounters counters;

  ConnectionReaper(
      ConnectionLimits limits,
      ConnectionTable table,
      ConnectionMemory memory,
      ConnectionCounters counters) {
    this.limits = limits;
    this.policy = new ConnectionPolicy(limits);
    this.table = table;
    this.memory = memory;
    this.counters = counters;
  }

  void run(long nowNanos) {
    memory.expireBodies(nowNanos);
    List<ClientConnection> connections = table.open();
    for (ClientConnection connection : connections) {
      apply(policy.verdict(connection.state(), nowNanos), connection);
    }
    connections.stream()
        .filter(ClientConnection::isLingering)
        .sorted(Comparator.comparingLong(connection -> -connection.state().sinceNanos()))
        .skip(MAX_LINGERING)
        .forEach(connection -> connection.close(CloseReason.SILENT));
    table.checkRoom();
    counters.log(table.stats(), nowNanos);
  }

  private void apply(ConnectionPolicy.Verdict verdict, ClientConnection connection) {
    switch (verdict) {
      case KEEP -> {}
      case IDLE_TOO_LONG -> {
        counters.closedIdle.increment();
        connection.close(CloseReason.SILENT);
      }
      case HEAD_TOO_SLOW -> {
        counters.closedSlow.increment();
        connection.close(CloseReason.headTooSlow(limits));
      }
      case READS_TOO_SLOWLY, LINGERED -> {
        counters.closedSlow.increment();
        connection.close(CloseReason.SILENT);
      }
    }
  }
}
