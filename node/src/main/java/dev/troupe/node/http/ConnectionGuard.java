package dev.troupe.node.http;

import dev.troupe.node.budget.ByteBudget;
import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Stands between the socket and the parser of HTTP: bounds the bytes of a head, claims room for
 * what a request holds, sends large replies in pieces, and closes the connection when told to.
 */
final class ConnectionGuard
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
  // Every small request would pay for being counted.
  private static final int FREE_BYTES = 4096;
  private static final int PIECE = 32 << 10;
  // So that the reset of a connection on which the client still sends does not overtake the reply.
  private static final Duration LINGER = Duration.ofSeconds(1);
  // How long a client has to take the rest of what it was sent before its connection closed.
  private static final Duration LAST_BYTES = Duration.ofSeconds(5);

  private enum Timer {
    LINGERED,
    NOT_TAKEN
  }

  private final GuardLogic.Ports ports = GuardLogic.Ports.create();
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape = ports.shape();
  private final ClientConnection connection;
  private final ConnectionTable table;

  ConnectionGuard(ClientConnection connection, ConnectionTable table) {
    this.connection = connection;
    this.table = table;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /** A client lost its connection because it took nothing of its reply. */
  private static final class SlowReaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowReaderException() {
      super("the client takes nothing of its reply", null, false, false);
    }
  }

  private final class Logic extends GuardLogic {
    private final RequestBytes unread = new RequestBytes(connection, table.limits());
    private ByteString unsent = ByteString.emptyByteString();
    private ByteBudget.Claim claim = table.claim(() -> {}, () -> {});
    private int freeBytes = FREE_BYTES;
    private boolean claiming;
    private boolean closing;

    Logic() {
      super(ports, shape);
    }

    @Override
    public void preStart() {
      AsyncCallback<Farewell> close = createAsyncCallback(this::bidFarewell);
      AsyncCallback<Boolean> room = createAsyncCallback(this::onRoom);
      claim = table.claim(() -> room.invoke(true), () -> room.invoke(false));
      connection.attach(close::invoke);
    }

    @Override
    public void postStop() {
      claim.release();
      table.closed(connection);
    }

    @Override
    public void onTimer(Object timer) {
      if (timer == Timer.LINGERED) {
        finish();
      } else {
        cancel(fromTcp, new SlowReaderException());
      }
    }

    @Override
    void onBytes(ByteString bytes) {
      if (isClosed(toHttp)) {
        pull(fromTcp);
        return;
      }
      unread.arrived(bytes);
      forward();
    }

    @Override
    void onClientFinished() {
      if (closing) {
        completeStage();
      } else if (unread.isEmpty()) {
        complete(toHttp);
      }
    }

    @Override
    void onParserFinished() {
      // A reply may still be under way, which a reset would overtake.
      unread.clear();
      claiming = false;
      if (!isClosed(fromTcp) && !hasBeenPulled(fromTcp)) {
        pull(fromTcp);
      }
    }

    @Override
    void onParserWantsMore() {
      if (closing || claiming) {
        return;
      }
      if (unread.isHeadTooLarge()) {
        bidFarewell(Farewell.headTooLarge(table.limits()));
        return;
      }
      if (!unread.isEmpty()) {
        forward();
      } else if (isClosed(fromTcp)) {
        complete(toHttp);
      } else {
        connection.wantsMore();
        if (!hasBeenPulled(fromTcp)) {
          pull(fromTcp);
        }
      }
    }

    /** Passes on as much of what is there as the parser may have at a time. */
    private void forward() {
      int bytes = unread.passable();
      if (bytes > freeBytes && !connection.lingers()) {
        claiming = true;
        if (!claim.take(bytes, table.limits().bodyWait(), System.nanoTime())) {
          return;
        }
        claiming = false;
      }
      pass();
    }

    private void onRoom(boolean granted) {
      if (!claiming || closing) {
        return;
      }
      claiming = false;
      if (!granted) {
        table.refusedBody();
        bidFarewell(Farewell.NO_ROOM_FOR_BODY);
        return;
      }
      pass();
    }

    private void pass() {
      ByteString piece = unread.next();
      Farewell problem = unread.problem(piece);
      if (problem != null) {
        bidFarewell(problem);
        return;
      }
      unread.passed(piece);
      freeBytes = Math.max(0, freeBytes - piece.size());
      push(toHttp, piece);
    }

    @Override
    void onReply(ByteString bytes) {
      connection.sends();
      if (bytes.size() <= 2 * PIECE) {
        push(toTcp, bytes);
        return;
      }
      unsent = bytes.drop(PIECE);
      push(toTcp, bytes.take(PIECE).compact());
    }

    @Override
    void onHttpFinished() {
      if (!closing && unsent.isEmpty()) {
        finish();
      }
    }

    @Override
    void onClientGone(Throwable cause) {
      if (closing) {
        completeStage();
      } else {
        cancel(fromHttp, cause);
      }
    }

    @Override
    void onSent() {
      if (closing) {
        return;
      }
      if (!unsent.isEmpty()) {
        connection.sends();
        ByteString piece = unsent.take(PIECE).compact();
        unsent = unsent.drop(PIECE);
        push(toTcp, piece);
        return;
      }
      if (connection.sent()) {
        onAnswered();
      }
      if (isClosed(fromHttp)) {
        finish();
      } else if (connection.closesNow()) {
        bidFarewell(Farewell.SILENT);
      } else if (!hasBeenPulled(fromHttp)) {
        pull(fromHttp);
      }
    }

    private void onAnswered() {
      table.releaseReply(connection);
      if (freeBytes < FREE_BYTES) {
        claim.release();
        freeBytes = FREE_BYTES;
      }
      unread.answered();
    }

    private void bidFarewell(Farewell farewell) {
      if (closing || (farewell.inWorkOnly() && !connection.works())) {
        return;
      }
      closing = true;
      claim.release();
      ByteString reply = farewell.reply();
      if (!isAvailable(toTcp)) {
        // a reply is under way that the client does not take
        fail(toTcp, new SlowReaderException());
        complete(toHttp);
        cancel(fromHttp);
        cancel(fromTcp, new SlowReaderException());
        return;
      }
      complete(toHttp);
      cancel(fromHttp);
      unread.clear();
      if (reply != null) {
        connection.sends();
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
        finish();
      } else {
        scheduleOnce(Timer.LINGERED, LINGER);
      }
    }

    /** Closes the connection once what was written has gone out, or after a while. */
    private void finish() {
      complete(toTcp);
      if (isClosed(fromTcp)) {
        completeStage();
        return;
      }
      if (!hasBeenPulled(fromTcp) && isClosed(toHttp)) {
        pull(fromTcp);
      }
      scheduleOnce(Timer.NOT_TAKEN, LAST_BYTES);
    }
  }
}
