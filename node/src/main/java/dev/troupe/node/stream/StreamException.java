package dev.troupe.node.stream;

/** A stream ended before its end. */
public final class StreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message why
   */
  public StreamException(String message) {
    // No trace: the cause is at the other end of the stream, or is a client.
    super(message, null, false, false);
  }
}
