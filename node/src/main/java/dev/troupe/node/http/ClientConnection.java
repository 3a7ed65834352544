package dev.troupe.node.http;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection of a client is doing. Its stream writes it, one thread at a time; whoever
 * closes slow or idle connections reads it. Thread-safe.
 */
final class ClientConnection {
  // Below this rate a body counts as slow from its first byte on, above it from its last.
  private static final long BYTES_PER_SECOND = 1024;
  private static final double NANOS_PER_SECOND = 1e9;

  private enum Step {
    IDLE,
    HEAD,
    TURN,
    REQUEST,
    REPLY,
    LINGER
  }

  private final InetAddress address;
  private final AtomicLong replyBytes = new AtomicLong();
  private volatile Step step = Step.IDLE;
  private volatile long sinceNanos = System.nanoTime();
  private volatile boolean awaitsBody;
  private volatile long awaitsBodySinceNanos;
  private volatile long bodyBytes;
  private volatile boolean writing;
  private volatile long writingSinceNanos;
  private volatile boolean replyIsWhole;
  private volatile boolean closesWhenIdle;
  private volatile boolean closed;
  private volatile boolean fresh = true;
  private volatile @Nullable Consumer<Farewell> closer;
  private volatile @Nullable Farewell farewell;
  // of the stream alone
  private long bodyReceived;
  private boolean headAwaited;
  private boolean replyBegan;

  ClientConnection(InetAddress address) {
    this.address = address;
  }

  InetAddress address() {
    return address;
  }

  ClientState state() {
    if (writing) {
      return new ClientState(ClientState.Phase.WRITE, writingSinceNanos);
    }
    return switch (step) {
      case IDLE -> new ClientState(ClientState.Phase.IDLE, sinceNanos);
      case HEAD -> new ClientState(ClientState.Phase.HEAD, sinceNanos);
      case TURN -> new ClientState(ClientState.Phase.TURN, sinceNanos);
      case REQUEST ->
          awaitsBody
              ? new ClientState(ClientState.Phase.BODY, bodySince())
              : new ClientState(ClientState.Phase.WORK, sinceNanos);
      case REPLY -> new ClientState(ClientState.Phase.WORK, sinceNanos);
      case LINGER -> new ClientState(ClientState.Phase.LINGER, sinceNanos);
    };
  }

  private long bodySince() {
    double seconds = (System.nanoTime() - sinceNanos) / NANOS_PER_SECOND;
    return bodyBytes < seconds * BYTES_PER_SECOND ? sinceNanos : awaitsBodySinceNanos;
  }

  /** Whether the client has not sent anything yet. */
  boolean isFresh() {
    return fresh;
  }

  /** Whether what comes next belongs to the head of a request. */
  boolean isBeforeRequest() {
    Step now = step;
    return now == Step.IDLE || now == Step.HEAD;
  }

  boolean lingers() {
    return step == Step.LINGER;
  }

  /** Whether there is a request that has no reply yet. */
  boolean works() {
    Step now = step;
    return now == Step.REQUEST || now == Step.TURN;
  }

  /**
   * Bytes go to the parser.
   *
   * @param awaited whether they came after those before them had gone there
   */
  void received(int bytes, boolean awaited) {
    if (fresh) {
      fresh = false;
    }
    if (isBeforeRequest()) {
      headAwaited |= awaited;
    }
    if (step == Step.IDLE) {
      to(Step.HEAD);
    } else if (works()) {
      bodyReceived += bytes;
      bodyBytes = bodyReceived;
    }
    awaitsBody = false;
  }

  /** The stream wants more bytes of the client. */
  void wantsMore() {
    if (works()) {
      awaitsBodySinceNanos = System.nanoTime();
      awaitsBody = true;
    }
  }

  /**
   * The head of a request is there.
   *
   * @return whether the client sent it before it had the answer to the one before
   */
  boolean requestBegan() {
    boolean ahead = !headAwaited;
    headAwaited = false;
    awaitsBody = false;
    bodyReceived = 0;
    bodyBytes = 0;
    replyBegan = false;
    to(ahead ? Step.TURN : Step.REQUEST);
    return ahead;
  }

  /** It is the turn of a request that was sent ahead. */
  void turnCame() {
    to(Step.REQUEST);
  }

  /**
   * There is a reply.
   *
   * @param whole whether its end is known: it is not where the rest of a body is still thrown away
   * @param bytes that count as held until the client has taken them
   */
  void replied(boolean whole, long bytes) {
    replyIsWhole = whole;
    replyBytes.addAndGet(bytes);
    step = Step.REPLY;
  }

  /** Bytes go out. */
  void sends() {
    Step now = step;
    if (now == Step.REPLY) {
      replyBegan = true;
    } else if (now == Step.IDLE || now == Step.HEAD) {
      // a refusal of what is no request
      to(Step.LINGER);
    }
    writingSinceNanos = System.nanoTime();
    writing = true;
  }

  /**
   * The bytes have gone out.
   *
   * @return whether a request has been answered with them
   */
  boolean sent() {
    writing = false;
    if (step != Step.REPLY || !replyBegan) {
      return false;
    }
    to(replyIsWhole ? Step.IDLE : Step.LINGER);
    return true;
  }

  /** What large replies hold, to be given back. */
  long takeReplyBytes() {
    return replyBytes.getAndSet(0);
  }

  boolean closesNow() {
    return closesWhenIdle && step == Step.IDLE;
  }

  void closeWhenIdle() {
    closesWhenIdle = true;
  }

  /** It is no longer there. */
  void closed() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  void attach(Consumer<Farewell> close) {
    closer = close;
    Farewell early = farewell;
    if (early != null) {
      close.accept(early);
    }
  }

  void close(Farewell how) {
    farewell = how;
    Consumer<Farewell> close = closer;
    if (close != null) {
      close.accept(how);
    }
  }

  private void to(Step next) {
    sinceNanos = System.nanoTime();
    step = next;
  }
}
