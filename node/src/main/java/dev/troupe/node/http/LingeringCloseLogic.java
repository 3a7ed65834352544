package dev.troupe.node.http;

import java.time.Duration;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.util.ByteString;

/**
 * The part of the {@link ConnectionGuard} that closes the connection: with a last reply or without,
 * and so that the client can still read what was written. While the server reads on for a while,
 * the reset of the connection cannot overtake the reply (RFC 9112, 9.6).
 */
abstract class LingeringCloseLogic extends BidiStageLogic {
  private static final Duration LINGER = Duration.ofSeconds(1);
  // The time a client has to read the end of what was written.
  private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(5);

  private enum Timer {
    LINGER_OVER,
    FLUSH_TIMEOUT
  }

  /** A client lost its connection because it read nothing of its reply. */
  private static final class SlowReaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowReaderException() {
      super("the client reads nothing of its reply", null, false, false);
    }
  }

  private final ClientConnection connection;
  private boolean closing;

  LingeringCloseLogic(
      Ports ports,
      BidiShape<ByteString, ByteString, ByteString, ByteString> shape,
      ClientConnection connection) {
    super(ports, shape);
    this.connection = connection;
  }

  /** The connection begins to close: bytes of the client are not needed any more. */
  abstract void onClosing();

  final boolean isClosing() {
    return closing;
  }

  @Override
  public final void onTimer(Object timer) {
    if (timer == Timer.LINGER_OVER) {
      closeAfterFlush();
    } else {
      cancel(fromTcp, new SlowReaderException());
    }
  }

  final void close(CloseReason reason) {
    if (closing || (reason.onlyIfUnanswered() && !connection.isUnanswered())) {
      return;
    }
    closing = true;
    onClosing();
    complete(toHttp);
    if (!isAvailable(toTcp)) {
      // The client does not read the reply that is under way, so it gets no other.
      fail(toTcp, new SlowReaderException());
      cancel(fromHttp);
      cancel(fromTcp, new SlowReaderException());
      return;
    }
    cancel(fromHttp);
    ByteString reply = reason.reply();
    if (reply != null) {
      connection.onWrite();
      push(toTcp, reply);
    }
    if (isClosed(fromTcp)) {
      completeStage();
      return;
    }
    if (!hasBeenPulled(fromTcp)) {
      pull(fromTcp);
    }
    if (reply == null) {
      closeAfterFlush();
    } else {
      scheduleOnce(Timer.LINGER_OVER, LINGER);
    }
  }

  /** Closes the connection when the client has read what was written, or after a timeout. */
  final void closeAfterFlush() {
    complete(toTcp);
    if (isClosed(fromTcp)) {
      completeStage();
      return;
    }
    if (!hasBeenPulled(fromTcp) && isClosed(toHttp)) {
      pull(fromTcp);
    }
    scheduleOnce(Timer.FLUSH_TIMEOUT, FLUSH_TIMEOUT);
  }
}
