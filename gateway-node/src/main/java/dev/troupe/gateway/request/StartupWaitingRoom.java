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
 * Owns the requests that arrive before this gateway can answer them: it has not read the registry
 * yet, or a configured service has never been ready, so that its paths are not known. Their number,
 * bytes and time have the limits of one service's waiting room.
 */
public final class StartupWaitingRoom extends AbstractBehavior<StartupWaitingRoom.Command> {
  /** The messages to the waiting room. */
  public sealed interface Command {}

  private record Enter(long bytes, BooleanSupplier answerable, CompletableFuture<Wait> end)
      implements Command {}

  private enum Check implements Command {
    INSTANCE
  }

  /** How the wait of a request ended. */
  enum Wait {
    /** The request can be answered now. */
    ANSWERABLE,
    /** It took longer than a request may wait. */
    EXPIRED,
    /** The waiting room was full. */
    FULL
  }

  private record Waiting(Enter request, long untilNanos) {}

  private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);

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

  /**
   * Holds requests that match no route until the registry is known.
   *
   * @param settings how many requests may wait, with how many bytes, and for how long
   * @param nanos a monotonic clock
   */
  public static Behavior<Command> create(WaitingRoomSettings settings, LongSupplier nanos) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new StartupWaitingRoom(context, timers, settings, nanos)));
  }

  /**
   * Lets a request wait. May be called from any thread.
   *
   * @param bytes of the request's body that are in memory
   * @param answerable whether the request can be answered now; asked often, and must not fail
   * @return never fails; what depends on it runs on the actor's thread and must not block
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
        .onMessage(Check.class, check -> onCheck())
        .build();
  }

  private Behavior<Command> onEnter(Enter request) {
    if (request.answerable().getAsBoolean()) {
      request.end().complete(Wait.ANSWERABLE);
      return this;
    }
    if (waiting.size() >= settings.maxRequests() || bytes + request.bytes() > settings.maxBytes()) {
      request.end().complete(Wait.FULL);
      return this;
    }
    if (waiting.isEmpty()) {
      timers.startTimerWithFixedDelay(Check.INSTANCE, CHECK_INTERVAL);
    }
    bytes += request.bytes();
    waiting.add(new Waiting(request, nanos.getAsLong() + settings.timeout().toNanos()));
    return this;
  }

  private Behavior<Command> onCheck() {
    long now = nanos.getAsLong();
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      boolean answerable = next.request().answerable().getAsBoolean();
      if (answerable || now - next.untilNanos() >= 0) {
        all.remove();
        bytes -= next.request().bytes();
        next.request().end().complete(answerable ? Wait.ANSWERABLE : Wait.EXPIRED);
      }
    }
    if (waiting.isEmpty()) {
      timers.cancel(Check.INSTANCE);
    }
    return this;
  }
}
