package dev.troupe.node.http;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Owns the set of open connections of a server: it bounds their number, in all and per address, and
 * delays the next accept while there is no room. Thread-safe.
 */
final class ConnectionTable {
  private static final CompletionStage<Done> AT_ONCE =
      CompletableFuture.completedFuture(Done.done());

  private final ConnectionLimits limits;
  private final ConnectionCounters counters;
  private final EvictionQueue evictions = new EvictionQueue();
  private final Set<ClientConnection> open = new LinkedHashSet<>();
  private final Map<InetAddress, Integer> openPerAddress = new HashMap<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private @Nullable CompletableFuture<Done> delayedAccept;
  private boolean draining;
  private int acceptsUntilFileCheck;
  private boolean filesAreScarce;

  ConnectionTable(ConnectionLimits limits, ConnectionCounters counters) {
    this.limits = limits;
    this.counters = counters;
  }

  /**
   * Adds a connection that was accepted.
   *
   * @return whether it may stay; false when its address has too many
   */
  synchronized boolean add(ClientConnection connection) {
    int ofAddress = openPerAddress.getOrDefault(connection.address(), 0);
    if (ofAddress >= limits.maxPerAddress() && !evict(connection.address())) {
      counters.refused.increment();
      return false;
    }
    openPerAddress.merge(connection.address(), 1, Integer::sum);
    open.add(connection);
    return true;
  }

  /** Removes a connection that has ended. */
  void remove(ClientConnection connection) {
    boolean last;
    synchronized (this) {
      forget(connection);
      last = draining && open.isEmpty();
    }
    retryAccept();
    if (last) {
      drained.complete(null);
    }
  }

  /** Completes when the server may accept another connection. */
  synchronized CompletionStage<Done> readyToAccept() {
    // Counting the open files costs more than an accept, so not each accept does it.
    if (--acceptsUntilFileCheck <= 0) {
      OpenFiles files = OpenFiles.now();
      filesAreScarce = files.isScarce();
      acceptsUntilFileCheck = files.connections() / 2;
    }
    if (hasRoom()) {
      return AT_ONCE;
    }
    CompletableFuture<Done> accept = new CompletableFuture<>();
    delayedAccept = accept;
    return accept;
  }

  /**
   * To be called several times a second: files may have been closed, and idle clients evictable.
   */
  void checkRoom() {
    synchronized (this) {
      if (filesAreScarce) {
        filesAreScarce = OpenFiles.now().isScarce();
      }
    }
    retryAccept();
  }

  synchronized List<ClientConnection> open() {
    return List.copyOf(open);
  }

  /** Closes each connection as soon as it has no request; completes when none is left. */
  CompletionStage<Void> drain() {
    List<ClientConnection> connections;
    synchronized (this) {
      draining = true;
      connections = open();
      if (connections.isEmpty()) {
        drained.complete(null);
      }
    }
    connections.forEach(ClientConnection::closeWhenIdle);
    for (ClientConnection connection : connections) {
      ConnectionState.Phase phase = connection.state().phase();
      if (phase == ConnectionState.Phase.IDLE || phase == ConnectionState.Phase.HEAD) {
        connection.close(CloseReason.SILENT);
      }
    }
    return drained;
  }

  /**
   * Closes all connections, with a reply to each request that waits for one; ends streams early.
   */
  void closeAll() {
    open()
        .forEach(
            connection ->
                connection.close(
                    connection.isStreaming() ? CloseReason.SILENT : CloseReason.STOPPING));
  }

  ConnectionStats stats() {
    int count;
    synchronized (this) {
      count = open.size();
    }
    return counters.stats(count, limits.maxConnections());
  }

  private void retryAccept() {
    CompletableFuture<Done> accept;
    synchronized (this) {
      if (delayedAccept == null || !hasRoom()) {
        return;
      }
      accept = delayedAccept;
      delayedAccept = null;
    }
    accept.complete(Done.done());
  }

  private boolean hasRoom() {
    if (filesAreScarce) {
      return false;
    }
    return open.size() < limits.maxConnections() || evict(null);
  }

  /**
   * @param address whose connection is closed; null for that of any address
   */
  private boolean evict(@Nullable InetAddress address) {
    ClientConnection connection = evictions.next(open, address, System.nanoTime());
    if (connection == null) {
      return false;
    }
    counters.closedForRoom.increment();
    forget(connection);
    connection.close(CloseReason.SILENT);
    return true;
  }

  private void forget(ClientConnection connection) {
    if (open.remove(connection)) {
      openPerAddress.computeIfPresent(
          connection.address(), (address, count) -> count == 1 ? null : count - 1);
    }
  }
}
