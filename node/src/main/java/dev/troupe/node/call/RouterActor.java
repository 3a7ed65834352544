package dev.troupe.node.call;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns this node's unanswered calls: sends each to the least busy ready instance, holds it while
 * there is none, and moves it on when its instance is lost.
 */
public final class RouterActor extends AbstractBehavior<RouterActor.Command> {
  /** What the router can be told. */
  public sealed interface Command {}

  private record Submit(Pending pending) implements Command {}

  private record Replied(ServiceReply reply) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum Sweep implements Command {
    INSTANCE
  }

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(50);

  // A request that ends every process it reaches must not end them all.
  private static final int MOST_SENDS = 3;

  private final TimerScheduler<Command> timers;
  private final WaitingRoomSettings room;
  private final ActorRef<ServiceReply> replyTo;
  private final Map<String, ServicePool> pools = new HashMap<>();
  private final Map<Long, Pending> inFlight = new HashMap<>();
  private long lastCorrelationId;

  private RouterActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WaitingRoomSettings room,
      ActorRef<RegistryActor.Command> registry) {
    super(context);
    this.timers = timers;
    this.room = room;
    // One long-lived address for all replies: a temporary actor per call costs more than the call.
    this.replyTo = context.messageAdapter(ServiceReply.class, Replied::new);
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * @param room how many calls of a service may wait while it has no ready instance
   */
  public static Behavior<Command> create(
      WaitingRoomSettings room, ActorRef<RegistryActor.Command> registry) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new RouterActor(context, timers, room, registry)));
  }

  /** The router behind a plain interface. */
  public static CallClient client(ActorRef<Command> router) {
    return call -> {
      CompletableFuture<ServiceReply> promise = new CompletableFuture<>();
      router.tell(new Submit(new Pending(call, promise)));
      return promise;
    };
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Submit.class, this::onSubmit)
        .onMessage(Replied.class, this::onReplied)
        .onMessage(ViewChanged.class, this::onViewChanged)
        .onMessage(Sweep.class, sweep -> onSweep())
        .build();
  }

  private Behavior<Command> onSubmit(Submit submit) {
    route(submit.pending());
    return this;
  }

  private Behavior<Command> onReplied(Replied replied) {
    ServiceReply reply = replied.reply();
    Pending pending = inFlight.remove(reply.correlationId());
    if (pending == null) {
      // Its caller has been answered already, by another instance or by the clock.
      return this;
    }
    pending.target().gaveBack();
    switch (reply.status()) {
      case NOT_TAKEN -> {
        pending.target().leaving();
        pending.refused(pending.target());
        route(pending);
      }
      case OVERLOADED -> {
        pending.refused(pending.target());
        routeElsewhere(pending, reply);
      }
      default -> pending.complete(reply);
    }
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    Map<String, List<InstanceView>> byService =
        changed.view().instances().stream().collect(Collectors.groupingBy(InstanceView::service));
    byService.keySet().forEach(this::pool);
    pools.forEach(
        (service, pool) -> {
          Set<Target> lost = pool.update(byService.getOrDefault(service, List.of()));
          failOver(lost);
          serveWaiting(pool);
        });
    moveOnFromSilent();
    return this;
  }

  private Behavior<Command> onSweep() {
    long now = System.currentTimeMillis();
    takeBack(pending -> pending.isPastDeadline(now))
        .forEach(
            pending ->
                pending.fail(
                    ReplyStatus.DEADLINE,
                    pending.call().service()
                        + " did not answer in time; whether it did the work is unknown"));
    pools.forEach(
        (service, pool) ->
            pool.removeExpired(now)
                .forEach(
                    pending ->
                        pending.fail(
                            ReplyStatus.UNAVAILABLE,
                            "no instance of " + service + " became ready in time; try again")));
    sweepWhileNeeded();
    return this;
  }

  private void route(Pending pending) {
    ServicePool pool = pool(pending.call().service());
    Optional<Target> target = pool.pick(pending);
    if (target.isPresent()) {
      send(pending, target.get());
    } else if (!pool.admit(pending)) {
      pending.fail(
          ReplyStatus.UNAVAILABLE,
          "%s has no ready instance and its waiting room is full (%d wait); try again later"
              .formatted(pending.call().service(), pool.waitingCount()));
      return;
    }
    sweepWhileNeeded();
  }

  private void routeElsewhere(Pending pending, ServiceReply refusal) {
    pool(pending.call().service())
        .pick(pending)
        .ifPresentOrElse(target -> send(pending, target), () -> pending.complete(refusal));
  }

  private void send(Pending pending, Target target) {
    lastCorrelationId++;
    inFlight.put(lastCorrelationId, pending);
    pending.sendTo(target, lastCorrelationId, replyTo);
  }

  private void failOver(Set<Target> lost) {
    if (lost.isEmpty()) {
      return;
    }
    for (Pending pending : takeBack(pending -> lost.contains(pending.target()))) {
      if (pending.call().isRepeatable() && pending.timesSent() < MOST_SENDS) {
        route(pending);
      } else {
        pending.fail(
            ReplyStatus.UNAVAILABLE,
            pending.target().slot()
                + " was lost while it had this request; whether it did the work is unknown:"
                + " look before sending it again");
      }
    }
  }

  // The silent may only be slow: what they have moves on only if it may be done twice and
  // somebody else is ready for it.
  private void moveOnFromSilent() {
    takeBack(
            pending ->
                !pending.target().isHeard()
                    && pending.call().isRepeatable()
                    && pending.timesSent() < MOST_SENDS
                    && pool(pending.call().service()).pick(pending).isPresent())
        .forEach(this::route);
  }

  private void serveWaiting(ServicePool pool) {
    for (Optional<Pending> next = pool.nextServed(); next.isPresent(); next = pool.nextServed()) {
      route(next.get());
    }
  }

  private List<Pending> takeBack(Predicate<Pending> which) {
    List<Pending> taken = inFlight.values().stream().filter(which).toList();
    inFlight.values().removeAll(Set.copyOf(taken));
    taken.forEach(pending -> pending.target().gaveBack());
    return taken;
  }

  private ServicePool pool(String service) {
    return pools.computeIfAbsent(service, name -> new ServicePool(room));
  }

  private void sweepWhileNeeded() {
    boolean needed =
        !inFlight.isEmpty() || pools.values().stream().anyMatch(ServicePool::isAnyoneWaiting);
    if (needed && !timers.isTimerActive(Sweep.INSTANCE)) {
      timers.startTimerWithFixedDelay(Sweep.INSTANCE, SWEEP_INTERVAL);
    } else if (!needed) {
      timers.cancel(Sweep.INSTANCE);
    }
  }
}
