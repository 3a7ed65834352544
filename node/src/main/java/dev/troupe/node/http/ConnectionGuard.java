package dev.troupe.node.http;

import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
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

  private final Inlet<ByteString> fromHttp = Inlet.create("ConnectionGuard.fromHttp");
  private final Outlet<ByteString> toTcp = Outlet.create("ConnectionGuard.toTcp");
  private final Inlet<ByteString> fromTcp = Inlet.create("ConnectionGuard.fromTcp");
  private final Outlet<ByteString> toHttp = Outlet.create("ConnectionGuard.toHttp");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      new BidiShape<>(fromHttp, toTcp, fromTcp, toHttp);

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

  private final class Logic extends TimerGraphStageLogic {
    private ByteString unread = ByteString.emptyByteString();
    private ByteString unsent = ByteString.emptyByteString();
    private InputBudget.Claim claim = table.claim(() -> {}, () -> {});
    private final LengthCheck lengths = new LengthCheck(table.limits().maxHeadBytes());
    private int headBytes;
    private int freeBytes = FREE_BYTES;
    private boolean claiming;
    private boolean closing;

    Logic() {
      super(shape);
      setHandler(
          fromTcp,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              onBytes(grab(fromTcp));
            }

            @Override
            public void onUpstreamFinish() {
              onClientFinished();
            }
          });
      setHandler(
          toHttp,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              onParserWantsMore();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              // A reply may still be under way, which a reset would overtake.
              onParserFinished();
            }
          });
      setHandler(
          fromHttp,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              onReply(grab(fromHttp));
            }

            @Override
            public void onUpstreamFinish() {
              if (!closing && unsent.isEmpty()) {
                finish();
              }
            }
          });
      setHandler(
          toTcp,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              onSent();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              if (closing) {
                completeStage();
              } else {
                cancel(fromHttp, cause);
              }
            }
          });
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

    private void onBytes(ByteString bytes) {
      if (isClosed(toHttp)) {
        pull(fromTcp);
        return;
      }
      unread = bytes;
      forward();
    }

    private void onClientFinished() {
      if (closing) {
        completeStage();
      } else if (unread.isEmpty()) {
        complete(toHttp);
      }
    }

    private void onParserFinished() {
      unread = ByteString.emptyByteString();
      claiming = false;
      if (!isClosed(fromTcp) && !hasBeenPulled(fromTcp)) {
        pull(fromTcp);
      }
    }

    private void onParserWantsMore() {
      if (closing || claiming) {
        return;
      }
      if (connection.isBeforeRequest() && headBytes >= table.limits().maxHeadBytes()) {
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

    /** How much of what is there the parser may have: of a head, what its limit leaves. */
    private int passable() {
      return connection.isBeforeRequest()
          ? Math.min(unread.size(), table.limits().maxHeadBytes() - headBytes)
          : unread.size();
    }

    /** Passes on as much of what is there as the parser may have at a time. */
    private void forward() {
      int bytes = passable();
      if (bytes > freeBytes && !connection.lingers()) {
        claiming = true;
        if (!claim.take(bytes, System.nanoTime())) {
          return;
        }
        claiming = false;
      }
      pass(bytes);
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
      pass(passable());
    }

    private void pass(int most) {
      ByteString piece = most == unread.size() ? unread : unread.take(most);
      int cut = HeadEnds.cut(piece);
      piece = cut == piece.size() ? piece : piece.take(cut);
      unread = cut == unread.size() ? ByteString.emptyByteString() : unread.drop(cut);
      if (lengths.finds(piece.toArrayUnsafe())) {
        bidFarewell(Farewell.LENGTH_TOO_LARGE);
        return;
      }
      connection.received(cut);
      headBytes = connection.isBeforeRequest() ? headBytes + cut : 0;
      freeBytes = Math.max(0, freeBytes - cut);
      push(toHttp, piece);
    }

    private void onReply(ByteString bytes) {
      connection.sends();
      if (bytes.size() <= 2 * PIECE) {
        push(toTcp, bytes);
        return;
      }
      unsent = bytes.drop(PIECE);
      push(toTcp, bytes.take(PIECE).compact());
    }

    private void onSent() {
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
      headBytes = 0;
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
      unread = ByteString.emptyByteString();
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
