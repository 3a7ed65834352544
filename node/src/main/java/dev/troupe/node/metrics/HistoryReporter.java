package dev.troupe.node.metrics;

import dev.troupe.protocol.metrics.HistoryReport;
import dev.troupe.protocol.metrics.HistoryRequest;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Owns the samples of the load of this process, and tells them when the seed node asks. */
public final class HistoryReporter extends AbstractBehavior<Object> {
  private static final String NAME = "history";
  private static final String PATH = "/user/" + NAME;

  private enum Tick {
    INSTANCE
  }

  private final TimerScheduler<Object> timers;
  private final String slot;
  private final NodeMetrics metrics;
  private final LoadRecorder recorder;
  private final long process = ThreadLocalRandom.current().nextLong();

  private HistoryReporter(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      String slot,
      NodeMetrics metrics) {
    super(context);
    this.timers = timers;
    this.slot = slot;
    this.metrics = metrics;
    this.recorder = new LoadRecorder(ProcessLoad.now(), metrics.answered());
    pause();
  }

  /** The name of the actor: {@link #of} finds the actor of each node by it. */
  public static String name() {
    return NAME;
  }

  /**
   * The reporter of another node, or of this one.
   *
   * @param address of the node, as a member of the cluster has it
   */
  public static ActorRef<HistoryRequest> of(String address, ActorSystem<?> system) {
    return ActorRefResolver.get(system).resolveActorRef(address + PATH);
  }

  /**
   * Takes a sample every {@link HistoryReport#TICK_MILLIS}. Must run where it may block.
   *
   * @param slot of this node
   */
  public static Behavior<Object> create(String slot, NodeMetrics metrics) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new HistoryReporter(context, timers, slot, metrics)));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onMessage(HistoryRequest.class, this::onRequest)
        .build();
  }

  // One timer after the other, so that a process that was stopped for a while is not busy then.
  private void pause() {
    timers.startSingleTimer(
        Tick.INSTANCE, Duration.ofMillis(recorder.pauseMillis(System.nanoTime())));
  }

  private Behavior<Object> onTick() {
    recorder.record(ProcessLoad.now(), metrics.answered());
    pause();
    return this;
  }

  private Behavior<Object> onRequest(HistoryRequest request) {
    long now = System.nanoTime();
    request
        .replyTo()
        .tell(
            new HistoryReport(
                request.request(),
                HistoryReport.VERSION,
                slot,
                process,
                recorder.tick(now),
                recorder.ageMillis(now),
                recorder.after(request.process() == process ? request.after() : -1)));
    return this;
  }
}
