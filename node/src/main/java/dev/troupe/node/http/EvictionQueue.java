package dev.troupe.node.http;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection that makes room for a new one. First goes who has not sent anything yet, the
 * one that came last in front: while clients that send nothing come again as fast as they are
 * thrown out, they take each other's place and nobody else's, and cost next to no garbage
 * collection. Then goes who has been idle or slow longest. Looks at all connections once for
 * several such, or each accepted one would pay for a look at all others. Not thread-safe.
 */
final class EvictionQueue {
  // Those at the end were found so long ago that better ones may have come since.
  private static final int MAX_FOUND = 32;
  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::hasSentSomething).thenComparingLong(Candidate::rank);

  private record Candidate(ClientConnection connection, ClientState state, boolean isFresh) {
    boolean hasSentSomething() {
      return !isFresh;
    }

    long rank() {
      return isFresh ? -state.sinceNanos() : state.sinceNanos();
    }
  }

  private final Queue<Candidate> found = new ArrayDeque<>();
  private @Nullable InetAddress foundOf;

  /**
   * @param open all connections there are
   * @param of the address that has to make room; null if that is anybody's
   * @return null when each connection is about to be served, or has just been
   */
  @Nullable ClientConnection next(
      Collection<ClientConnection> open, @Nullable InetAddress of, long nowNanos) {
    if (!Objects.equals(of, foundOf)) {
      found.clear();
      foundOf = of;
    }
    ClientConnection next = nextFound(open, nowNanos);
    if (next != null) {
      return next;
    }
    open.stream()
        .filter(connection -> of == null || connection.address().equals(of))
        .map(EvictionQueue::candidate)
        .filter(candidate -> ConnectionPolicy.mayGo(candidate.state(), nowNanos))
        .sorted(ORDER)
        .limit(MAX_FOUND)
        .forEach(found::add);
    return nextFound(open, nowNanos);
  }

  private static Candidate candidate(ClientConnection connection) {
    ClientState state = connection.state();
    return new Candidate(connection, state, connection.isFresh());
  }

  private @Nullable ClientConnection nextFound(Collection<ClientConnection> open, long nowNanos) {
    while (!found.isEmpty()) {
      Candidate candidate = found.remove();
      // It may have got on since it was found.
      if (open.contains(candidate.connection())
          && candidate.connection().state().equals(candidate.state())
          && ConnectionPolicy.mayGo(candidate.state(), nowNanos)) {
        return candidate.connection();
      }
    }
    return null;
  }
}
