package dev.troupe.node.http;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection that the server closes to make room for a new one. Not thread-safe.
 *
 * <p>Connections that have sent nothing yet go first, the newest of them before the others. So
 * clients that send nothing and reconnect as fast as they are closed replace each other and nobody
 * else, and their short-lived objects are cheap to collect. Then the connection goes that has been
 * idle or slow for longest.
 *
 * <p>One pass over all connections finds several candidates, so that not every accepted connection
 * pays for a pass.
 */
final class EvictionQueue {
  // With more of them, the last would be out of date when their turn comes.
  private static final int MAX_CANDIDATES = 32;
  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::hasSentSomething).thenComparingLong(Candidate::rank);

  private record Candidate(
      ClientConnection connection, ConnectionState state, boolean hasSentNothing) {
    boolean hasSentSomething() {
      return !hasSentNothing;
    }

    long rank() {
      return hasSentNothing ? -state.sinceNanos() : state.sinceNanos();
    }
  }

  private final Queue<Candidate> candidates = new ArrayDeque<>();
  private @Nullable InetAddress candidatesOf;

  /**
   * @param open all connections that are open
   * @param address the address that has to make room; null when any connection may be closed
   * @return null when no connection may be closed: each is settling or has a request in process
   */
  @Nullable ClientConnection next(
      Collection<ClientConnection> open, @Nullable InetAddress address, long nowNanos) {
    if (!Objects.equals(address, candidatesOf)) {
      candidates.clear();
      candidatesOf = address;
    }
    ClientConnection next = nextCandidate(open, nowNanos);
    if (next != null) {
      return next;
    }
    open.stream()
        .filter(connection -> address == null || connection.address().equals(address))
        .map(EvictionQueue::candidate)
        .filter(candidate -> ConnectionPolicy.isEvictable(candidate.state(), nowNanos))
        .sorted(ORDER)
        .limit(MAX_CANDIDATES)
        .forEach(candidates::add);
    return nextCandidate(open, nowNanos);
  }

  private static Candidate candidate(ClientConnection connection) {
    ConnectionState state = connection.state();
    return new Candidate(connection, state, connection.hasSentNothing());
  }

  private @Nullable ClientConnection nextCandidate(
      Collection<ClientConnection> open, long nowNanos) {
    while (!candidates.isEmpty()) {
      Candidate candidate = candidates.remove();
      // Its state may have changed since the pass.
      if (open.contains(candidate.connection())
          && candidate.connection().state().equals(candidate.state())
          && ConnectionPolicy.isEvictable(candidate.state(), nowNanos)) {
        return candidate.connection();
      }
    }
    return null;
  }
}
