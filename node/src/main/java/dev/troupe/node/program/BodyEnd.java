package dev.troupe.node.program;

import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** Passes a body on, and tells when it begins and whether it has passed as a whole. */
final class BodyEnd extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final Inlet<ByteString> in = Inlet.create("BodyEnd.in");
  private final Outlet<ByteString> out = Outlet.create("BodyEnd.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final Runnable onBegin;
  private final Consumer<Boolean> onEnd;

  private BodyEnd(Runnable onBegin, Consumer<Boolean> onEnd) {
    this.onBegin = onBegin;
    this.onEnd = onEnd;
  }

  /**
   * @param onBegin runs when somebody begins to read
   * @param onEnd gets false if the body failed, or nobody wanted all of it
   */
  static Flow<ByteString, ByteString, NotUsed> watching(Runnable onBegin, Consumer<Boolean> onEnd) {
    return Flow.fromGraph(new BodyEnd(onBegin, onEnd));
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
    private boolean whole;

    Logic() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              push(out, grab(in));
            }

            @Override
            public void onPull() {
              pull(in);
            }

            @Override
            public void onUpstreamFinish() {
              whole = true;
              completeStage();
            }
          });
    }

    @Override
    public void preStart() {
      onBegin.run();
    }

    @Override
    public void postStop() {
      onEnd.accept(whole);
    }
  }
}
