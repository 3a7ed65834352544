package dev.troupe.node.http;

import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/** The logic of a stage with two flows: one abstract method for each signal at its four ports. */
abstract class BidiStageLogic extends TimerGraphStageLogic {
  /** One flow goes from HTTP to the client, the other from the client to HTTP. */
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

  BidiStageLogic(Ports ports, BidiShape<ByteString, ByteString, ByteString, ByteString> shape) {
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
            onClientBytes(grab(fromTcp));
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
            onParserReady();
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
            onReplyBytes(grab(fromHttp));
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
            onSocketReady();
          }

          @Override
          public void onDownstreamFinish(Throwable cause) {
            onClientGone(cause);
          }
        });
  }

  /** The client has sent bytes. */
  abstract void onClientBytes(ByteString bytes);

  /** The client will send no more. */
  abstract void onClientFinished();

  /** The parser is ready for more bytes. */
  abstract void onParserReady();

  /** The parser takes no more bytes. */
  abstract void onParserFinished();

  /** HTTP has rendered bytes of a reply. */
  abstract void onReplyBytes(ByteString bytes);

  /** HTTP will render no more replies. */
  abstract void onHttpFinished();

  /** The socket has taken what was pushed, and is ready for more. */
  abstract void onSocketReady();

  /** The client receives no more. */
  abstract void onClientGone(Throwable cause);
}
