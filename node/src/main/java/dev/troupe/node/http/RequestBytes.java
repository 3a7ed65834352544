package dev.troupe.node.http;

import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What one client has sent and the parser does not have yet: how much of it may go there at a time,
 * and what must not go there at all. Of the connection's stream alone.
 */
final class RequestBytes {
  private final ClientConnection connection;
  private final ConnectionLimits limits;
  private final LengthCheck lengths;
  private ByteString unread = ByteString.emptyByteString();
  private boolean awaited;
  private int headBytes;

  RequestBytes(ClientConnection connection, ConnectionLimits limits) {
    this.connection = connection;
    this.limits = limits;
    this.lengths = new LengthCheck(limits.maxHeadBytes());
  }

  /** The parser has all that came before. */
  void arrived(ByteString bytes) {
    unread = bytes;
    awaited = true;
  }

  boolean isEmpty() {
    return unread.isEmpty();
  }

  void clear() {
    unread = ByteString.emptyByteString();
  }

  /** The request that the parser has is answered: what comes next is another head. */
  void answered() {
    headBytes = 0;
  }

  boolean isHeadTooLarge() {
    return connection.isBeforeRequest() && headBytes >= limits.maxHeadBytes();
  }

  /** How much of what is there the parser may have: of a head, what its limit leaves. */
  int passable() {
    return connection.isBeforeRequest()
        ? Math.min(unread.size(), limits.maxHeadBytes() - headBytes)
        : unread.size();
  }

  /** Takes off what the parser may have at a time. */
  ByteString next() {
    int most = passable();
    ByteString piece = most == unread.size() ? unread : unread.take(most);
    int cut = HeadEnds.cut(piece);
    piece = cut == piece.size() ? piece : piece.take(cut);
    unread = cut == unread.size() ? ByteString.emptyByteString() : unread.drop(cut);
    return piece;
  }

  /** Why the parser must not have a piece; null if it may. */
  @Nullable Farewell problem(ByteString piece) {
    byte[] array = piece.toArrayUnsafe();
    if (lengths.finds(array)) {
      return Farewell.LENGTH_TOO_LARGE;
    }
    boolean begins = headBytes == 0 && connection.isBeforeRequest();
    String noHost = begins ? HostCheck.illegalValue(array) : null;
    return noHost == null ? null : Farewell.illegalHost(noHost);
  }

  /** A piece goes to the parser. */
  void passed(ByteString piece) {
    connection.received(piece.size(), awaited);
    awaited = false;
    headBytes = connection.isBeforeRequest() ? headBytes + piece.size() : 0;
  }
}
