package dev.troupe.node.http;

import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * A stage between the socket and the parser of HTTP, with a method for what happens at each port.
 */
abstract class GuardLogic extends TimerGraphStageLogic {
  /** Bytes from HTTP to the client, and from the client to HTTP. */
  record Ports(
      Inlet<ByteString> fromHttp,
      Outlet<ByteString> toTcp,
      Inlet<ByteString> fromTcp,
      Outlet<ByteString> toHttp) {
    static Ports create() {
      return new Ports(
          Inlet.create("ConnectionGuard.fromHttp"),
          Outlet.create("ConnectionGuard.toTcp"),
          Inlet.create("ConnectionGuard.fromTcp"),
          Outlet.create("ConnectionGuard.toHttp"));
    }

    BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
      return new BidiShape<>(fromHttp, toTcp, fromTcp, toHttp);
    }
  }

  final Inlet<ByteString> fromHttp;
  final Outlet<ByteString> toTcp;
  final Inlet<ByteString> fromTcp;
  final Outlet<ByteString> toHttp;

  GuardLogic(Ports ports, BidiShape<ByteString, ByteString, ByteString, ByteString> shape) {
    super(shape);
    fromHttp = ports.fromHttp();
    toTcp = ports.toTcp();
    fromTcp = ports.fromTcp();
    toHttp = ports.toHttp();
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
            onHttpFinished();
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
            onClientGone(cause);
          }
        });
  }

  /** The client has sent something. */
  abstract void onBytes(ByteString bytes);

  /** The client sends no more. */
  abstract void onClientFinished();

  abstract void onParserWantsMore();

  /** The parser takes no more. */
  abstract void onParserFinished();

  abstract void onReply(ByteString bytes);

  /** There are no more replies. */
  abstract void onHttpFinished();

  /** What was pushed to the socket is on its way. */
  abstract void onSent();

  /** The client takes no more. */
  abstract void onClientGone(Throwable cause);
}
