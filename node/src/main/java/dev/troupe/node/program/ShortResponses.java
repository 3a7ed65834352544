package dev.troupe.node.program;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Passes what a program sends to the parser, and holds the head of a short response back until its
 * body is there too. The parser makes a stream of a body that comes after its head, and of one that
 * comes with its head an array, which costs a tenth.
 */
final class ShortResponses extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final Inlet<ByteString> in = Inlet.create("ShortResponses.in");
  private final Outlet<ByteString> out = Outlet.create("ShortResponses.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final int longest;
  private final AtomicBoolean responseStarts = new AtomicBoolean();

  /**
   * @param longest length of a response that is held back, in bytes
   */
  ShortResponses(int longest) {
    this.longest = longest;
  }

  /**
   * The next bytes are those of a response to a request that was sent as a whole, and whose method
   * is not HEAD. From any thread.
   */
  void expect() {
    responseStarts.set(true);
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private ByteString held = ByteString.emptyByteString();
    private int length;

    Logic() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              onBytes(grab(in));
            }

            @Override
            public void onPull() {
              pull(in);
            }

            @Override
            public void onUpstreamFinish() {
              if (held.isEmpty()) {
                completeStage();
              } else {
                emit(out, held, Logic.this::completeStage);
              }
            }
          });
    }

    private void onBytes(ByteString bytes) {
      if (held.isEmpty()) {
        length = responseStarts.getAndSet(false) ? responseLength(bytes) : 0;
      }
      ByteString all = held.isEmpty() ? bytes : held.concat(bytes);
      boolean whole = all.size() >= length;
      held = whole ? ByteString.emptyByteString() : all;
      if (whole) {
        push(out, all.compact());
      } else {
        pull(in);
      }
    }

    // A head that comes in parts is rare, and passes as it comes.
    private int responseLength(ByteString first) {
      int whole = ResponseHead.responseLength(first.toArrayUnsafe());
      return whole > longest ? 0 : whole;
    }
  }
}
