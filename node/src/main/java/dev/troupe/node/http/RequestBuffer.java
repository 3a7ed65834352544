package dev.troupe.node.http;

import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one client has sent and that the parser does not have yet. It decides how many of
 * them the parser gets at a time, and finds those that the parser must not get. Not thread-safe:
 * only the stream of the connection uses it.
 */
final class RequestBuffer {
  /** The parser parses a chunk as a whole, so a chunk holds no more request heads than this. */
  static final int MAX_PIPELINED_HEADS = 16;

  // A smaller chunk cannot hold many heads.
  private static final int SMALL_CHUNK = 512;

  private final ClientConnection connection;
  private final ConnectionLimits limits;
  private final ContentLengthCheck contentLengths;
  private ByteString buffered = ByteString.emptyByteString();
  // Whether the parser already had all earlier bytes when the buffered ones arrived.
  private boolean parserWasWaiting;
  private int headBytes;

  RequestBuffer(ClientConnection connection, ConnectionLimits limits) {
    this.connection = connection;
    this.limits = limits;
    this.contentLengths = new ContentLengthCheck(limits.maxHeadBytes());
  }

  /** Fills the buffer, which must be empty, with what the client sent. */
  void fill(ByteString bytes) {
    buffered = bytes;
    parserWasWaiting = true;
  }

  boolean isEmpty() {
    return buffered.isEmpty();
  }

  void clear() {
    buffered = ByteString.emptyByteString();
  }

  /** The request that the parser has is answered, so the next bytes begin another head. */
  void onAnswered() {
    headBytes = 0;
  }

  boolean isHeadTooLarge() {
    return connection.expectsHead() && headBytes >= limits.maxHeadBytes();
  }

  /** The most bytes that the parser may get now: a head ends at its limit. */
  int available() {
    return connection.expectsHead()
        ? Math.min(buffered.size(), limits.maxHeadBytes() - headBytes)
        : buffered.size();
  }

  /** Removes the next chunk for the parser from the buffer. */
  ByteString nextChunk() {
    int most = available();
    ByteString chunk = most == buffered.size() ? buffered : buffered.take(most);
    int end = endOfLastHead(chunk);
    chunk = end == chunk.size() ? chunk : chunk.take(end);
    buffered = end == buffered.size() ? ByteString.emptyByteString() : buffered.drop(end);
    return chunk;
  }

  /** Why the parser must not get the chunk; null if it may. */
  @Nullable CloseReason problem(ByteString chunk) {
    byte[] bytes = chunk.toArrayUnsafe();
    if (contentLengths.findsTooLong(bytes)) {
      return CloseReason.CONTENT_LENGTH_TOO_LONG;
    }
    boolean beginsHead = headBytes == 0 && connection.expectsHead();
    String illegalHost = beginsHead ? HostHeaderCheck.illegalValue(bytes) : null;
    return illegalHost == null ? null : CloseReason.illegalHost(illegalHost);
  }

  /** The chunk goes to the parser. */
  void onPassed(ByteString chunk) {
    connection.onBytesToParser(chunk.size(), parserWasWaiting);
    parserWasWaiting = false;
    headBytes = connection.expectsHead() ? headBytes + chunk.size() : 0;
  }

  /**
   * How many bytes of a chunk the parser may get at a time: all, or those up to the end of its last
   * permitted head. An empty line is taken for the end of a head, wherever it is.
   */
  static int endOfLastHead(ByteString chunk) {
    if (chunk.size() <= SMALL_CHUNK) {
      return chunk.size();
    }
    byte[] bytes = chunk.toArrayUnsafe();
    int heads = 0;
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == '\n' && isAfterLineEnd(bytes, i) && ++heads == MAX_PIPELINED_HEADS) {
        return i + 1;
      }
    }
    return bytes.length;
  }

  private static boolean isAfterLineEnd(byte[] bytes, int index) {
    byte before = bytes[index - 1];
    return before == '\n' || (before == '\r' && index > 1 && bytes[index - 2] == '\n');
  }
}
