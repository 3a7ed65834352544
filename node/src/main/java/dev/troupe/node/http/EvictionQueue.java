package dev.troupe.node.http;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection that makes room for a new one: the one that has been idle or slow longest.
 * Looks at all connections once for many such: while clients come again as fast as they are thrown
 * out, each accepted connection would pay for a look at all others. Not thread-safe.
 */
final class EvictionQueue {
  // Those at the end were found so long ago that one that waits longer may have come since.
  private static final int MAX_FOUND = 32;
  private static final Comparator<Candidate> LONGEST_FIRST =
      Comparator.comparingLong(candidate -> candidate.state().sinceNanos());

  private record Candidate(ClientConnection connection, ClientState state) {}

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
        .map(connection -> new Candidate(connection, connection.state()))
        .filter(candidate -> ConnectionPolicy.mayGo(candidate.state(), nowNanos))
        .sorted(LONGEST_FIRST)
        .limit(MAX_FOUND)
        .forEach(found::add);
    return nextFound(open, nowNanos);
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
