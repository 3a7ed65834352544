package dev.troupe.seed.control;

import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Decides which connections to the control API are served. Other users of this machine have nothing
 * to say to it: theirs are closed at once, so that they cannot keep out its owner.
 */
final class ConnectionGate {
  private static final int ROOT = 0;

  private final OptionalInt self;
  private final int most;
  private final BiFunction<InetSocketAddress, InetSocketAddress, OptionalInt> userOf;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param self the user of this process, if that is known
   * @param most connections served at a time
   * @param userOf the user at the other end, given both ends
   */
  ConnectionGate(
      OptionalInt self,
      int most,
      BiFunction<InetSocketAddress, InetSocketAddress, OptionalInt> userOf) {
    this.self = self;
    this.most = most;
    this.userOf = userOf;
  }

  /** Whether to serve a new connection; then {@link #closed} must follow. */
  boolean admits(InetSocketAddress peer, InetSocketAddress local) {
    if (self.isPresent()) {
      OptionalInt user = userOf.apply(peer, local);
      if (user.isPresent() && user.getAsInt() != ROOT && !user.equals(self)) {
        return false;
      }
    }
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  void closed() {
    open.decrementAndGet();
  }
}
