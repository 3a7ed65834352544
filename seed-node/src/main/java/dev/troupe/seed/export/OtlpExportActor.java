package dev.troupe.seed.export;

import dev.troupe.protocol.control.TraceReport;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Owns the traces that are on their way to the receiver of the settings. They are sent one after
 * the other. While the receiver is slow or gone the newest wait, and what it does not take within
 * the timeout is lost; nothing else waits for it.
 */
public final class OtlpExportActor extends AbstractBehavior<OtlpExportActor.Command> {
  /** What the actor can be told. */
  public sealed interface Command {}

  /** Sends a trace. */
  public record Export(TraceReport trace) implements Command {}

  private record Exported(boolean taken) implements Command {}

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final int MOST_WAITING = 100;

  private final URI receiver;
  private final SpanExporter exporter;
  private final Queue<TraceReport> waiting = new ArrayDeque<>();
  private boolean sending;
  private boolean refused;

  private OtlpExportActor(ActorContext<Command> context, URI receiver, SpanExporter exporter) {
    super(context);
    this.receiver = receiver;
    this.exporter = exporter;
  }

  /**
   * @param receiver where spans are posted as protobuf, like {@code
   *     http://127.0.0.1:4318/v1/traces}
   */
  public static Behavior<Command> create(URI receiver) {
    Behavior<Command> export =
        Behaviors.setup(
            context ->
                new OtlpExportActor(
                    context,
                    receiver,
                    OtlpHttpSpanExporter.builder()
                        .setEndpoint(receiver.toString())
                        .setTimeout(TIMEOUT)
                        .setConnectTimeout(TIMEOUT)
                        .build()));
    // What waits is lost with a failure.
    return Behaviors.supervise(export)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Export.class, this::onExport)
        .onMessage(Exported.class, this::onExported)
        .onSignal(PreRestart.class, signal -> onEnd())
        .onSignal(PostStop.class, signal -> onEnd())
        .build();
  }

  private Behavior<Command> onExport(Export export) {
    if (waiting.size() == MOST_WAITING) {
      waiting.remove();
    }
    waiting.add(export.trace());
    return sendNext();
  }

  private Behavior<Command> sendNext() {
    TraceReport next = sending ? null : waiting.poll();
    if (next != null) {
      sending = true;
      ActorRef<Command> self = getContext().getSelf();
      CompletableResultCode result = exporter.export(ExportedSpan.of(next));
      result.whenComplete(() -> self.tell(new Exported(result.isSuccess())));
    }
    return this;
  }

  private Behavior<Command> onExported(Exported exported) {
    sending = false;
    if (exported.taken() == refused) {
      refused = !exported.taken();
      if (refused) {
        getContext().getLog().warn("traces are lost: {} does not take them", receiver);
      } else {
        getContext().getLog().info("{} takes traces again", receiver);
      }
    }
    return sendNext();
  }

  private Behavior<Command> onEnd() {
    exporter.shutdown();
    return this;
  }
}
