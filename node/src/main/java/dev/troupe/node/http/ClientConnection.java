package dev.troupe.node.http;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the phase of one client's connection. The connection's stream writes it, one thread at a
 * time; the threads that close slow and idle connections read it. Thread-safe.
 */
final class ClientConnection {
  // The phase BODY of a body that arrives more slowly counts from the start of the request, that of
  // a faster one from the last bytes.
  private static final long SLOW_BYTES_PER_SECOND = 1024;
  private static final double NANOS_PER_SECOND = 1e9;

  private enum Step {
    IDLE,
    HEAD,
    QUEUED,
    PROCESSING,
    REPLY,
    LINGER
  }

  /** How a reply ends. */
  enum ReplyKind {
    /** It is in memory as a whole. */
    WHOLE,
    /** The server still discards the rest of the request's body. */
    LINGERING,
    /** It is made while it is sent, and the connection closes at its end. */
    STREAM
  }

  private final InetAddress address;
  private final AtomicLong replyBytes = new AtomicLong();
  private volatile Step step = Step.IDLE;
  private volatile long stepSinceNanos = System.nanoTime();
  private volatile boolean awaitsBody;
  private volatile long awaitsBodySinceNanos;
  private volatile long bodyBytes;
  private volatile boolean bodyStreamed;
  private volatile boolean writing;
  private volatile long writingSinceNanos;
  private volatile ReplyKind replyKind = ReplyKind.WHOLE;
  private volatile boolean closesWhenIdle;
  private volatile boolean closed;
  private volatile boolean hasSentNothing = true;
  private volatile @Nullable Consumer<CloseReason> closer;
  private volatile @Nullable CloseReason closeReason;
  // Only the stream uses these.
  private long bodyBytesReceived;
  private boolean headArrivedInTurn;
  private boolean replyStarted;

  ClientConnection(InetAddress address) {
    this.address = address;
  }

  InetAddress address() {
    return address;
  }

  ConnectionState state() {
    if (writing) {
      return new ConnectionState(ConnectionState.Phase.WRITE, writingSinceNanos);
    }
    return switch (step) {
      case IDLE -> new ConnectionState(ConnectionState.Phase.IDLE, stepSinceNanos);
      case HEAD -> new ConnectionState(ConnectionState.Phase.HEAD, stepSinceNanos);
      case QUEUED -> new ConnectionState(ConnectionState.Phase.QUEUED, stepSinceNanos);
      case PROCESSING ->
          awaitsBody
              ? new ConnectionState(ConnectionState.Phase.BODY, bodySinceNanos())
              : new ConnectionState(ConnectionState.Phase.PROCESSING, stepSinceNanos);
      case REPLY -> new ConnectionState(ConnectionState.Phase.PROCESSING, stepSinceNanos);
      case LINGER -> new ConnectionState(ConnectionState.Phase.LINGER, stepSinceNanos);
    };
  }

  private long bodySinceNanos() {
    double seconds = (System.nanoTime() - stepSinceNanos) / NANOS_PER_SECOND;
    return bodyBytes < seconds * SLOW_BYTES_PER_SECOND ? stepSinceNanos : awaitsBodySinceNanos;
  }

  boolean hasSentNothing() {
    return hasSentNothing;
  }

  /** Whether the next bytes of the client belong to the head of a request. */
  boolean expectsHead() {
    Step now = step;
    return now == Step.IDLE || now == Step.HEAD;
  }

  boolean isLingering() {
    return step == Step.LINGER;
  }

  /** Whether the reply is a stream that is under way. */
  boolean isStreaming() {
    return step == Step.REPLY && replyKind == ReplyKind.STREAM;
  }

  /** Whether there is a request that has no reply yet. */
  boolean isUnanswered() {
    Step now = step;
    return now == Step.PROCESSING || now == Step.QUEUED;
  }

  /**
   * Bytes go to the parser.
   *
   * @param inTurn whether they arrived when the parser already had all earlier bytes; if not, the
   *     client sent them together with an earlier request
   */
  void onBytesToParser(int bytes, boolean inTurn) {
    if (hasSentNothing) {
      hasSentNothing = false;
    }
    if (expectsHead()) {
      headArrivedInTurn |= inTurn;
    }
    if (step == Step.IDLE) {
      enter(Step.HEAD);
    } else if (isUnanswered()) {
      bodyBytesReceived += bytes;
      bodyBytes = bodyBytesReceived;
    }
    awaitsBody = false;
  }

  /** The stream wants more bytes of the client. */
  void onBytesAwaited() {
    if (isUnanswered()) {
      awaitsBodySinceNanos = System.nanoTime();
      awaitsBody = true;
    }
  }

  /**
   * The head of a request is complete.
   *
   * @return whether the request is pipelined: its client sent it before it had the reply to the
   *     request before
   */
  boolean onRequest() {
    boolean pipelined = !headArrivedInTurn;
    headArrivedInTurn = false;
    awaitsBody = false;
    bodyBytesReceived = 0;
    bodyBytes = 0;
    replyStarted = false;
    bodyStreamed = false;
    enter(pipelined ? Step.QUEUED : Step.PROCESSING);
    return pipelined;
  }

  /** The body of the request passes in chunks, and is not held. */
  void onBodyStreamed() {
    bodyStreamed = true;
  }

  boolean isBodyStreamed() {
    return bodyStreamed;
  }

  /** A pipelined request leaves the queue. */
  void onDequeued() {
    enter(Step.PROCESSING);
  }

  /**
   * The handler has made a reply.
   *
   * @param heldBytes the bytes of the reply's budget that this reply holds until the client has
   *     read it
   */
  void onReply(ReplyKind kind, long heldBytes) {
    replyKind = kind;
    replyBytes.addAndGet(heldBytes);
    step = Step.REPLY;
  }

  /** Bytes go to the socket. */
  void onWrite() {
    Step now = step;
    if (now == Step.REPLY) {
      replyStarted = true;
    } else if (now == Step.IDLE || now == Step.HEAD) {
      // The server refuses bytes that are not a request.
      enter(Step.LINGER);
    }
    writingSinceNanos = System.nanoTime();
    writing = true;
  }

  /**
   * The socket has taken the bytes.
   *
   * @return whether they were the end of a reply, or a part of a stream: the request is needed no
   *     more
   */
  boolean onWritten() {
    writing = false;
    if (step != Step.REPLY || !replyStarted) {
      return false;
    }
    if (replyKind != ReplyKind.STREAM) {
      enter(replyKind == ReplyKind.WHOLE ? Step.IDLE : Step.LINGER);
    }
    return true;
  }

  /** The bytes that replies hold of their budget; the caller releases them. */
  long takeReplyBytes() {
    return replyBytes.getAndSet(0);
  }

  boolean isToCloseNow() {
    return closesWhenIdle && step == Step.IDLE;
  }

  void closeWhenIdle() {
    closesWhenIdle = true;
  }

  void onClosed() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * The stream runs.
   *
   * @param close closes the connection; called at once if {@link #close} was called before
   */
  void attach(Consumer<CloseReason> close) {
    closer = close;
    CloseReason early = closeReason;
    if (early != null) {
      close.accept(early);
    }
  }

  /** Closes the connection. From any thread. */
  void close(CloseReason reason) {
    closeReason = reason;
    Consumer<CloseReason> close = closer;
    if (close != null) {
      close.accept(reason);
    }
  }

  private void enter(Step next) {
    stepSinceNanos = System.nanoTime();
    step = next;
  }
}
