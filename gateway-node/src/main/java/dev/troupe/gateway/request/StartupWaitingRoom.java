package dev.troupe.gateway.request;

import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns the requests that wait until this gateway knows enough to answer them: what runs, or what a
 * service offers that has never been ready. As many, with as many bytes and for as long as may wait
 * for one service.
 */
public final class StartupWaitingRoom extends AbstractBehavior<StartupWaitingRoom.Command> {
  /** What the waiting room can be told. */
  public sealed interface Command {}

  private record Enter(long bytes, BooleanSupplier answerable, CompletableFuture<Wait> end)
      implements Command {}

  private enum Look implements Command {
    INSTANCE
  }

  /** How the wait of a request ended. */
  enum Wait {
    /** The request can be answered now. */
    OVER,
    /** It took longer than a request may wait. */
    EXPIRED,
    /** There was no place for it. */
    FULL
  }

  private record Waiting(Enter request, long untilNanos) {}

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

  private final TimerScheduler<Command> timers;
  private final WaitingRoomSettings settings;
  private final LongSupplier nanos;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;

  private StartupWaitingRoom(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WaitingRoomSettings settings,
      LongSupplier nanos) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.nanos = nanos;
  }

  public static Behavior<Command> create(WaitingRoomSettings settings, LongSupplier nanos) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new StartupWaitingRoom(context, timers, settings, nanos)));
  }

  /**
   * Lets a request wait. From any thread.
   *
   * @param bytes of its body that are in memory
   * @param answerable whether it need not wait any longer; cheap, and must not fail
   * @return never fails; what follows must not block
   */
  static CompletionStage<Wait> enter(
      ActorRef<Command> room, long bytes, BooleanSupplier answerable) {
    CompletableFuture<Wait> end = new CompletableFuture<>();
    room.tell(new Enter(bytes, answerable, end));
    return end;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Enter.class, this::onEnter)
        .onMessage(Look.class, look -> onLook())
        .build();
  }

  private Behavior<Command> onEnter(Enter request) {
    if (request.answerable().getAsBoolean()) {
      request.end().complete(Wait.OVER);
      return this;
    }
    if (waiting.size() >= settings.maxRequests() || bytes + request.bytes() > settings.maxBytes()) {
      request.end().complete(Wait.FULL);
      return this;
    }
    if (waiting.isEmpty()) {
      timers.startTimerWithFixedDelay(Look.INSTANCE, LOOK_INTERVAL);
    }
    bytes += request.bytes();
    waiting.add(new Waiting(request, nanos.getAsLong() + settings.timeout().toNanos()));
    return this;
  }

  private Behavior<Command> onLook() {
    long now = nanos.getAsLong();
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      boolean answerable = next.request().answerable().getAsBoolean();
      if (answerable || now - next.untilNanos() >= 0) {
        all.remove();
        bytes -= next.request().bytes();
        next.request().end().complete(answerable ? Wait.OVER : Wait.EXPIRED);
      }
    }
    if (waiting.isEmpty()) {
      timers.cancel(Look.INSTANCE);
    }
    return this;
  }
}
