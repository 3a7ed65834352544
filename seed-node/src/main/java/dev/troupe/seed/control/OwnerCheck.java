package dev.troupe.seed.control;

import dev.troupe.node.http.HttpListener;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Admits the connections of the user of this process, and of root. Other users of this machine have
 * nothing to say to the control API: theirs are closed at once, so that they cannot keep out its
 * owner.
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

  /** Also where it is not known whose connection it is: the token decides then. */
  @Override
  public boolean admits(InetSocketAddress peer, InetSocketAddress local) {
    if (self.isEmpty()) {
      return true;
    }
    OptionalInt user = userOf.apply(peer, local);
    return user.isEmpty() || user.getAsInt() == ROOT || user.equals(self);
  }
}
