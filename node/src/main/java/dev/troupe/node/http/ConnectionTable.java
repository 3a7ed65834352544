package dev.troupe.node.http;

import dev.troupe.node.budget.ByteBudget;
import java.net.InetAddress;
import java.util.Comparator;
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
 * The open connections of a server: who comes in, who has to go, and what they hold together.
 * Thread-safe.
 */
final class ConnectionTable {
  private static final CompletionStage<Done> AT_ONCE =
      CompletableFuture.completedFuture(Done.done());

  /** Connections that are kept open only so that clients can read why they were refused. */
  private static final int MAX_LINGERING = 64;

  private final ConnectionLimits limits;
  private final ConnectionPolicy policy;
  private final ConnectionCounters counters;
  private final EvictionQueue evictions = new EvictionQueue();
  private final ByteBudget input;
  private final ByteBudget replies;
  private final Set<ClientConnection> open = new LinkedHashSet<>();
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private @Nullable CompletableFuture<Done> waiting;
  private boolean draining;
  private int untilFilesLook;
  private boolean filesAreScarce;

  ConnectionTable(String name, ConnectionLimits limits) {
    this.counters = new ConnectionCounters(name);
    this.limits = limits;
    this.policy = new ConnectionPolicy(limits);
    this.input = new ByteBudget(limits.maxRequestBytes());
    this.replies = new ByteBudget(limits.maxUnreadReplyBytes());
  }

  ConnectionLimits limits() {
    return limits;
  }

  /**
   * A connection has been accepted.
   *
   * @return whether it may stay
   */
  synchronized boolean opened(ClientConnection connection) {
    int ofAddress = perAddress.getOrDefault(connection.address(), 0);
    if (ofAddress >= limits.maxPerAddress() && !makeRoom(connection.address())) {
      counters.refused.increment();
      return false;
    }
    perAddress.merge(connection.address(), 1, Integer::sum);
    open.add(connection);
    return true;
  }

  /** Completes when another connection may be accepted. */
  synchronized CompletionStage<Done> room() {
    // Looking costs more than accepting does, hence not each time.
    if (--untilFilesLook <= 0) {
      OpenFiles files = OpenFiles.now();
      filesAreScarce = files.isScarce();
      untilFilesLook = files.connections() / 2;
    }
    if (hasRoom()) {
      return AT_ONCE;
    }
    CompletableFuture<Done> room = new CompletableFuture<>();
    waiting = room;
    return room;
  }

  void closed(ClientConnection connection) {
    connection.closed();
    releaseReply(connection);
    CompletableFuture<Done> next = null;
    boolean last;
    synchronized (this) {
      remove(connection);
      last = draining && open.isEmpty();
      if (waiting != null && hasRoom()) {
        next = waiting;
        waiting = null;
      }
    }
    if (next != null) {
      next.complete(Done.done());
    }
    if (last) {
      drained.complete(null);
    }
  }

  ByteBudget.Claim claim(Runnable granted, Runnable refusal) {
    return input.claim(granted, refusal);
  }

  void refusedBody() {
    counters.bodiesRefused.increment();
  }

  /**
   * Claims room for a large reply, if need be that of clients who do not read theirs.
   *
   * @return whether there is room
   */
  boolean takeReply(long bytes) {
    if (replies.tryAcquire(bytes)) {
      return true;
    }
    long now = System.nanoTime();
    List<ClientConnection> slow;
    synchronized (this) {
      slow =
          open.stream()
              .filter(connection -> ConnectionPolicy.readsSlowly(connection.state(), now))
              .toList();
    }
    for (ClientConnection connection : slow) {
      counters.closedSlow.increment();
      releaseReply(connection);
      connection.close(Farewell.SILENT);
    }
    if (replies.tryAcquire(bytes)) {
      return true;
    }
    counters.repliesRefused.increment();
    return false;
  }

  void releaseReply(ClientConnection connection) {
    long held = connection.takeReplyBytes();
    if (held > 0) {
      replies.release(held);
    }
  }

  /** To be called several times a second: closes what has to go, and reports. */
  void look(long nowNanos) {
    input.expire(nowNanos);
    List<ClientConnection> connections;
    CompletableFuture<Done> next = null;
    synchronized (this) {
      connections = List.copyOf(open);
    }
    for (ClientConnection connection : connections) {
      end(connection, policy.verdict(connection.state(), nowNanos));
    }
    connections.stream()
        .filter(ClientConnection::lingers)
        .sorted(Comparator.comparingLong(c -> -c.state().sinceNanos()))
        .skip(MAX_LINGERING)
        .forEach(connection -> connection.close(Farewell.SILENT));
    synchronized (this) {
      if (filesAreScarce) {
        filesAreScarce = OpenFiles.now().isScarce();
      }
      if (waiting != null && hasRoom()) {
        next = waiting;
        waiting = null;
      }
    }
    if (next != null) {
      next.complete(Done.done());
    }
    counters.report(figures(), nowNanos);
  }

  /** Closes each connection as soon as it has no request; completes when none is left. */
  CompletionStage<Void> drain() {
    List<ClientConnection> connections;
    synchronized (this) {
      draining = true;
      connections = List.copyOf(open);
      if (connections.isEmpty()) {
        drained.complete(null);
      }
    }
    connections.forEach(ClientConnection::closeWhenIdle);
    for (ClientConnection connection : connections) {
      ClientState.Phase phase = connection.state().phase();
      if (phase == ClientState.Phase.IDLE || phase == ClientState.Phase.HEAD) {
        connection.close(Farewell.SILENT);
      }
    }
    return drained;
  }

  /** Closes those that are left, and tells who waits for a reply. */
  void cut() {
    List<ClientConnection> connections;
    synchronized (this) {
      connections = List.copyOf(open);
    }
    connections.forEach(connection -> connection.close(Farewell.STOPPING));
  }

  ConnectionFigures figures() {
    int count;
    synchronized (this) {
      count = open.size();
    }
    return counters.figures(count, limits.maxConnections());
  }

  private void end(ClientConnection connection, ConnectionPolicy.Verdict verdict) {
    switch (verdict) {
      case STAY -> {}
      case IDLE_TOO_LONG -> {
        counters.closedIdle.increment();
        connection.close(Farewell.SILENT);
      }
      case HEAD_TOO_SLOW -> {
        counters.closedSlow.increment();
        connection.close(Farewell.headTooSlow(limits));
      }
      case READS_TOO_SLOWLY, LINGERED -> {
        counters.closedSlow.increment();
        connection.close(Farewell.SILENT);
      }
    }
  }

  private boolean hasRoom() {
    if (filesAreScarce) {
      return false;
    }
    return open.size() < limits.maxConnections() || makeRoom(null);
  }

  /** Closes the connection, of that address if one is given, that has been idle or slow longest. */
  private boolean makeRoom(@Nullable InetAddress address) {
    ClientConnection connection = evictions.next(open, address, System.nanoTime());
    if (connection == null) {
      return false;
    }
    counters.closedForRoom.increment();
    remove(connection);
    connection.close(Farewell.SILENT);
    return true;
  }

  private void remove(ClientConnection connection) {
    if (open.remove(connection)) {
      perAddress.computeIfPresent(
          connection.address(), (address, count) -> count == 1 ? null : count - 1);
    }
  }
}
