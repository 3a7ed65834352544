package dev.troupe.node.http;

import dev.troupe.node.budget.ByteBudget;
import java.util.List;

/**
 * Bounds the memory that all connections of a server hold together: one budget for request bodies,
 * one for large replies that clients have not read yet. Thread-safe.
 */
final class ConnectionMemory {
  private final ByteBudget bodies;
  private final ByteBudget replies;
  private final ConnectionTable table;
  private final ConnectionCounters counters;

  ConnectionMemory(ConnectionLimits limits, ConnectionTable table, ConnectionCounters counters) {
    this.bodies = new ByteBudget(limits.maxRequestBytes());
    this.replies = new ByteBudget(limits.maxUnreadReplyBytes());
    this.table = table;
    this.counters = counters;
  }

  /** A claim of one connection for the bodies of its requests; see {@link ByteBudget#claim}. */
  ByteBudget.Claim claimBody(Runnable granted, Runnable refused) {
    return bodies.claim(granted, refused);
  }

  void countRefusedBody() {
    counters.bodiesRefused.increment();
  }

  /** Refuses the bodies that have waited for room too long. */
  void expireBodies(long nowNanos) {
    bodies.expire(nowNanos);
  }

  /**
   * Acquires room for a large reply. If there is none, closes the connections of clients that read
   * too slowly, for their room.
   *
   * @return whether there is room
   */
  boolean acquireReply(long bytes) {
    if (replies.tryAcquire(bytes)) {
      return true;
    }
    long now = System.nanoTime();
    List<ClientConnection> slow =
        table.open().stream()
            .filter(connection -> ConnectionPolicy.isSlowReader(connection.state(), now))
            .toList();
    for (ClientConnection connection : slow) {
      counters.closedSlow.increment();
      releaseReply(connection);
      connection.close(CloseReason.SILENT);
    }
    if (replies.tryAcquire(bytes)) {
      return true;
    }
    counters.repliesRefused.increment();
    return false;
  }

  /** Releases what the replies of a connection hold; the second call in a row does nothing. */
  void releaseReply(ClientConnection connection) {
    long held = connection.takeReplyBytes();
    if (held > 0) {
      replies.release(held);
    }
  }
}
