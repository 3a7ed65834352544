package dev.troupe.seed.control;

import dev.troupe.node.http.HttpListener;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Admits connections of the user of this process and of root. A connection of another user of this
 * machine is closed at once, so that other users cannot use up the connections of the control API.
 */
final class OwnerCheck implements HttpListener.Admission {
  private static final int ROOT = 0;

  private final OptionalInt self;
  private final BiFunction<InetSocketAddress, InetSocketAddress, OptionalInt> userOf;

  /**
   * @param self the user of this process, if that is known
   * @param userOf the user at the other end, given both ends
   */
  OwnerCheck(
      OptionalInt self, BiFunction<InetSocketAddress, InetSocketAddress, OptionalInt> userOf) {
    this.self = self;
    this.userOf = userOf;
  }

  /** True also if the user is unknown: then the token alone decides. */
  @Override
  public boolean admits(InetSocketAddress peer, InetSocketAddress local) {
    if (self.isEmpty()) {
      return true;
    }
    OptionalInt user = userOf.apply(peer, local);
    return user.isEmpty() || user.getAsInt() == ROOT || user.equals(self);
  }
}
