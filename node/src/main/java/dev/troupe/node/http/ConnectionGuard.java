package dev.troupe.node.http;

import dev.troupe.node.budget.ByteBudget;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * The stage between the socket and the HTTP parser of one connection. It bounds the size of request
 * heads, claims memory for request bodies, writes large replies in chunks, and closes the
 * connection when told to.
 */
final class ConnectionGuard
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
  // A request up to this size needs no claim, which spares most requests its cost.
  private static final int UNCLAIMED_BYTES = 4096;
  private static final int CHUNK = 32 << 10;

  private final BidiStageLogic.Ports ports = BidiStageLogic.Ports.create();
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape = ports.shape();
  private final ClientConnection connection;
  private final ConnectionLimits limits;
  private final ConnectionMemory memory;
  private final Runnable onClosed;

  /**
   * @param onClosed runs once the connection is closed
   */
  ConnectionGuard(
      ClientConnection connection,
      ConnectionLimits limits,
      ConnectionMemory memory,
      Runnable onClosed) {
    this.connection = connection;
    this.limits = limits;
    this.memory = memory;
    this.onClosed = onClosed;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends LingeringCloseLogic {
    private final RequestBuffer received = new RequestBuffer(connection, limits);
    private final ByteBudget.Claim claim;
    private ByteString unwritten = ByteString.emptyByteString();
    private int unclaimedBytes = UNCLAIMED_BYTES;
    private boolean awaitsClaim;

    Logic() {
      super(ports, shape, connection);
      AsyncCallback<Boolean> claimed = createAsyncCallback(this::onClaimed);
      claim = memory.claimBody(() -> claimed.invoke(true), () -> claimed.invoke(false));
    }

    @Override
    public void preStart() {
      AsyncCallback<CloseReason> close = createAsyncCallback(this::close);
      connection.attach(close::invoke);
    }

    @Override
    public void postStop() {
      claim.release();
      onClosed.run();
    }

    @Override
    void onClosing() {
      claim.release();
      received.clear();
    }

    @Override
    void onClientBytes(ByteString bytes) {
      if (isClosed(toHttp)) {
        pull(fromTcp);
        return;
      }
      received.fill(bytes);
      passOrAwaitClaim();
    }

    @Override
    void onClientFinished() {
      if (isClosing()) {
        completeStage();
      } else if (received.isEmpty()) {
        complete(toHttp);
      }
    }

    @Override
    void onParserFinished() {
      // Goes on reading: a reset of the connection would overtake a reply that is under way.
      received.clear();
      awaitsClaim = false;
      if (!isClosed(fromTcp) && !hasBeenPulled(fromTcp)) {
        pull(fromTcp);
      }
    }

    @Override
    void onParserReady() {
      if (isClosing() || awaitsClaim) {
        return;
      }
      if (received.isHeadTooLarge()) {
        close(CloseReason.headTooLarge(limits));
        return;
      }
      if (!received.isEmpty()) {
        passOrAwaitClaim();
      } else if (isClosed(fromTcp)) {
        complete(toHttp);
      } else {
        connection.onBytesAwaited();
        if (!hasBeenPulled(fromTcp)) {
          pull(fromTcp);
        }
      }
    }

    private void passOrAwaitClaim() {
      int bytes = received.available();
      if (bytes > unclaimedBytes && !connection.isLingering() && !connection.isBodyStreamed()) {
        awaitsClaim = true;
        if (!claim.take(bytes, limits.bodyWait(), System.nanoTime())) {
          return;
        }
        awaitsClaim = false;
      }
      pass();
    }

    private void onClaimed(boolean granted) {
      if (!awaitsClaim || isClosing()) {
        return;
      }
      awaitsClaim = false;
      if (!granted) {
        memory.countRefusedBody();
        close(CloseReason.NO_ROOM_FOR_BODY);
        return;
      }
      pass();
    }

    private void pass() {
      ByteString chunk = received.nextChunk();
      CloseReason problem = received.problem(chunk);
      if (problem != null) {
        close(problem);
        return;
      }
      received.onPassed(chunk);
      unclaimedBytes = Math.max(0, unclaimedBytes - chunk.size());
      push(toHttp, chunk);
    }

    @Override
    void onReplyBytes(ByteString bytes) {
      connection.onWrite();
      if (bytes.size() <= 2 * CHUNK) {
        push(toTcp, bytes);
        return;
      }
      unwritten = bytes.drop(CHUNK);
      push(toTcp, bytes.take(CHUNK).compact());
    }

    @Override
    void onHttpFinished() {
      if (!isClosing() && unwritten.isEmpty()) {
        closeAfterFlush();
      }
    }

    @Override
    void onClientGone(Throwable cause) {
      if (isClosing()) {
        completeStage();
      } else {
        cancel(fromHttp, cause);
      }
    }

    @Override
    void onSocketReady() {
      if (isClosing()) {
        return;
      }
      if (!unwritten.isEmpty()) {
        connection.onWrite();
        ByteString chunk = unwritten.take(CHUNK).compact();
        unwritten = unwritten.drop(CHUNK);
        push(toTcp, chunk);
        return;
      }
      if (connection.onWritten()) {
        onReplied();
      }
      if (isClosed(fromHttp)) {
        closeAfterFlush();
      } else if (connection.isToCloseNow()) {
        close(CloseReason.SILENT);
      } else if (!hasBeenPulled(fromHttp)) {
        pull(fromHttp);
      }
    }

    private void onReplied() {
      memory.releaseReply(connection);
      if (unclaimedBytes < UNCLAIMED_BYTES) {
        claim.release();
        unclaimedBytes = UNCLAIMED_BYTES;
      }
      received.onAnswered();
    }
  }
}
