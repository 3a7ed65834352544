package dev.troupe.node.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a server: who comes in, who has to go, and what they hold together.
 * Thread-safe.
 */
final class ConnectionTable {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final CompletionStage<Done> AT_ONCE =
      CompletableFuture.completedFuture(Done.done());

  /** Connections that are kept open only so that clients can read why they were refused. */
  private static final int MAX_LINGERING = 64;

  private static final long REPORT_NANOS = 60_000_000_000L;
  private static final int FILES_LOOK = 16;

  private final String name;
  private final ConnectionLimits limits;
  private final ConnectionPolicy policy;
  private final InputBudget input;
  private final ReplyBudget replies;
  private final Set<ClientConnection> open = new LinkedHashSet<>();
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private @Nullable CompletableFuture<Done> waiting;
  private boolean draining;
  private int sinceFilesLook;
  private boolean filesAreScarce;

  private final LongAdder closedForRoom = new LongAdder();
  private final LongAdder closedSlow = new LongAdder();
  private final LongAdder closedIdle = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bodiesRefused = new LongAdder();
  private final LongAdder repliesRefused = new LongAdder();
  private ConnectionFigures reported = ConnectionFigures.NONE;
  private long reportedNanos = System.nanoTime() - REPORT_NANOS;

  ConnectionTable(String name, ConnectionLimits limits) {
    this.name = name;
    this.limits = limits;
    this.policy = new ConnectionPolicy(limits);
    this.input = new InputBudget(limits.maxBodyBytes(), limits.bodyWait().toNanos());
    this.replies = new ReplyBudget(limits.maxReplyBytes());
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
      refused.increment();
      return false;
    }
    perAddress.merge(connection.address(), 1, Integer::sum);
    open.add(connection);
    return true;
  }

  /** Completes when another connection may be accepted. */
  synchronized CompletionStage<Done> room() {
    // Looking costs more than accepting does, hence not each time.
    if (++sinceFilesLook >= FILES_LOOK) {
      sinceFilesLook = 0;
      filesAreScarce = OpenFiles.now().isScarce();
    }
    if (hasRoom()) {
      return AT_ONCE;
    }
    CompletableFuture<Done> room = new CompletableFuture<>();
    waiting = room;
    return room;
  }

  void closed(ClientConnection connection) {
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

  InputBudget.Claim claim(Runnable granted, Runnable refusal) {
    return input.claim(granted, refusal);
  }

  void refusedBody() {
    bodiesRefused.increment();
  }

  /**
   * Claims room for a large reply, if need be that of clients who do not read theirs.
   *
   * @return whether there is room
   */
  boolean takeReply(long bytes) {
    if (replies.take(bytes)) {
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
      closedSlow.increment();
      releaseReply(connection);
      connection.close(Farewell.SILENT);
    }
    if (replies.take(bytes)) {
      return true;
    }
    repliesRefused.increment();
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
    report(nowNanos);
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
    return new ConnectionFigures(
        count,
        limits.maxConnections(),
        closedForRoom.sum(),
        closedSlow.sum(),
        closedIdle.sum(),
        refused.sum(),
        bodiesRefused.sum(),
        repliesRefused.sum());
  }

  private void end(ClientConnection connection, ConnectionPolicy.Verdict verdict) {
    switch (verdict) {
      case STAY -> {}
      case IDLE_TOO_LONG -> {
        closedIdle.increment();
        connection.close(Farewell.SILENT);
      }
      case HEAD_TOO_SLOW -> {
        closedSlow.increment();
        connection.close(Farewell.headTooSlow(limits));
      }
      case READS_TOO_SLOWLY, LINGERED -> {
        closedSlow.increment();
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
    List<ClientConnection> candidates = new ArrayList<>(open.size());
    List<ClientState> states = new ArrayList<>(open.size());
    for (ClientConnection connection : open) {
      if (address == null || connection.address().equals(address)) {
        candidates.add(connection);
        states.add(connection.state());
      }
    }
    Optional<Integer> victim = policy.victim(states, System.nanoTime());
    if (victim.isEmpty()) {
      return false;
    }
    ClientConnection connection = candidates.get(victim.get());
    closedForRoom.increment();
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

  private void report(long nowNanos) {
    if (nowNanos - reportedNanos < REPORT_NANOS) {
      return;
    }
    ConnectionFigures now = figures();
    long room = now.closedForRoom() - reported.closedForRoom();
    long slow = now.closedSlow() - reported.closedSlow();
    long many = now.refused() - reported.refused();
    long bodies = now.bodiesRefused() - reported.bodiesRefused();
    long held = now.repliesRefused() - reported.repliesRefused();
    if (room + slow + many + bodies + held == 0) {
      return;
    }
    reported = now;
    reportedNanos = nowNanos;
    log.warn(
        "[{}] {} of {} connections open; closed {} idle or slow ones to make room for others, and"
            + " {} whose requests came or whose replies were read too slowly; refused {} of"
            + " addresses with too many, {} bodies and {} replies for which there was no room (in"
            + " the last minute, or the first of such a time)",
        name,
        now.open(),
        now.max(),
        room,
        slow,
        many,
        bodies,
        held);
  }
}
