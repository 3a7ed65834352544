package dev.troupe.node.call;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns this node's unanswered calls: sends each to the least busy ready instance, holds it while
 * there is none, moves it on when its instance is lost, and refuses it when its service is not to
 * be asked.
 */
public final class RouterActor extends AbstractBehavior<RouterActor.Command> {
  /** What the router can be told. */
  public sealed interface Command {}

  record Submit(PendingCall pending) implements Command {}

  private record Replied(ServiceReply reply) implements Command {}

  private record LargeReplied(LargeReply reply) implements Command {}

  record RoomDecided(LargeBodies.Offer offer, boolean granted) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum Sweep implements Command {
    INSTANCE
  }

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(50);

  private final TimerScheduler<Command> timers;
  private final LongSupplier nanos;
  private final ServicePools pools;
  private final RejectionThrottle rejections;
  private final AtomicReference<Map<String, CallReport>> reports;
  private final LargeBodies largeBodies;
  private final ActorRef<ServiceReply> replyTo;
  private final InFlight inFlight = new InFlight();
  private boolean sweeping;

  private RouterActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      LongSupplier nanos,
      ServicePools pools,
      RejectionThrottle rejections,
      ByteBudget largeReplies,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports) {
    super(context);
    this.largeBodies = new LargeBodies(context, largeReplies);
    this.timers = timers;
    this.nanos = nanos;
    this.pools = pools;
    this.rejections = rejections;
    this.reports = reports;
    // One long-lived address for all replies: a temporary actor per call costs more than the call.
    this.replyTo = context.messageAdapter(ServiceReply.class, Replied::new);
    // Takes what comes to the same address: all adapters of an actor share it.
    context.messageAdapter(LargeReply.class, LargeReplied::new);
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * @param settings what bounds the calls of each service
   * @param reports always holds what there is to say of the calls, for readers on any thread
   */
  public static Behavior<Command> create(
      Settings settings,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports) {
    LongSupplier nanos = System::nanoTime;
    return create(
        () ->
            new ServicePools(
                settings.gateway().waitingRoom(),
                new ByteBudget(settings.gateway().maxCallBytes()),
                settings::calls,
                nanos),
        () ->
            new RejectionThrottle(
                settings.gateway().refusals(),
                settings.gateway().maxConnections(),
                nanos.getAsLong()),
        new ByteBudget(settings.gateway().maxReplyBytes()),
        registry,
        reports,
        nanos);
  }

  static Behavior<Command> create(
      Supplier<ServicePools> pools,
      Supplier<RejectionThrottle> rejections,
      ByteBudget largeReplies,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports,
      LongSupplier nanos) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new RouterActor(
                        context,
                        timers,
                        nanos,
                        pools.get(),
                        rejections.get(),
                        largeReplies,
                        registry,
                        reports)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Submit.class, this::onSubmitted)
        .onMessage(Replied.class, this::onReplied)
        .onMessage(LargeReplied.class, this::onLargeReplied)
        .onMessage(RoomDecided.class, this::onRoomDecided)
        .onMessage(ViewChanged.class, this::onViewChanged)
        .onMessage(Sweep.class, sweep -> onSweep())
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  // What one call fails at must not end the others.
  private Behavior<Command> onSubmitted(Submit submit) {
    try {
      return onSubmit(submit);
    } catch (RuntimeException e) {
      return broken(submit.pending(), e);
    }
  }

  private Behavior<Command> broken(PendingCall pending, RuntimeException failure) {
    getContext()
        .getLog()
        .error("the call of {} failed in the router", pending.call().service(), failure);
    pending.complete(ErrorReplies.broken(pending));
    return this;
  }

  private Behavior<Command> onSubmit(Submit submit) {
    PendingCall pending = submit.pending();
    ServicePool pool = pools.of(pending);
    long now = nanos.getAsLong();
    ActionGuard.Refusal refusal = pool.enter(pending, now);
    if (refusal == null) {
      route(pool, pending, now);
    } else {
      rejections.refuse(pending, ErrorReplies.refused(pending, refusal), now);
    }
    if (!sweeping) {
      sweeping = true;
      timers.startTimerWithFixedDelay(Sweep.INSTANCE, SWEEP_INTERVAL);
    }
    return this;
  }

  private Behavior<Command> onReplied(Replied replied) {
    ServiceReply reply = replied.reply();
    PendingCall pending = inFlight.remove(reply.correlationId());
    if (pending == null) {
      // Its caller has been answered already, by another instance or by the clock.
      return this;
    }
    ServicePool pool = pools.of(pending);
    long now = nanos.getAsLong();
    switch (reply.status()) {
      case NOT_TAKEN -> {
        pending.target().leaving();
        pending.refused(pending.target());
        route(pool, pending, now);
      }
      case OVERLOADED -> {
        pending.refused(pending.target());
        routeElsewhere(pool, pending, reply, now);
      }
      default -> {
        if (pool.answered(pending)) {
          onSuspensionEnded(pending, now);
        }
        end(pending, Verdict.of(reply.status()), reply, now);
      }
    }
    pool.serveWaiting(this::send);
    return this;
  }

  private Behavior<Command> onLargeReplied(LargeReplied replied) {
    LargeReply reply = replied.reply();
    if (inFlight.find(reply.head().correlationId()) == null) {
      largeBodies.refuse(reply);
      return this;
    }
    LargeBodies.Offer offer = largeBodies.claim(reply, nanos.getAsLong());
    return offer == null ? this : onRoomDecided(new RoomDecided(offer, true));
  }

  private Behavior<Command> onRoomDecided(RoomDecided decided) {
    LargeBodies.Offer offer = decided.offer();
    PendingCall pending = inFlight.find(offer.correlationId());
    if (pending == null) {
      // Its instance was lost meanwhile, or the time was over.
      offer.drop();
      return this;
    }
    if (!decided.granted()) {
      offer.drop();
      return onReplied(new Replied(offer.noRoom(pending)));
    }
    ActorRef<Command> self = getContext().getSelf();
    offer.fetch(pending, reply -> self.tell(new Replied(reply)));
    return this;
  }

  // Nobody else could answer them.
  private Behavior<Command> onStop() {
    long now = nanos.getAsLong();
    for (PendingCall pending : inFlight.takeBack(any -> true)) {
      pending.complete(ErrorReplies.stopped(pending));
    }
    for (ServicePool pool : pools.all()) {
      for (PendingCall pending : pool.removeWaiting(any -> true)) {
        pending.complete(ErrorReplies.stopped(pending));
      }
    }
    rejections.releaseAll();
    reports.set(pools.report(now));
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    long now = nanos.getAsLong();
    pools.update(
        changed.view(),
        (pool, lost) -> {
          if (!lost.isEmpty()) {
            failOver(pool, lost, now);
          }
          pool.serveWaiting(this::send);
        });
    moveOnFromSilent(now);
    reports.set(pools.report(now));
    return this;
  }

  private Behavior<Command> onSweep() {
    long now = nanos.getAsLong();
    for (PendingCall late : inFlight.takeBack(sent -> sent.isPastDeadline(now))) {
      pools.of(late).timedOut();
      // Of who is silent anyway, silence says nothing new: it gets no calls until it is heard.
      Verdict verdict = late.target().isHeard() ? Verdict.FAILURE : Verdict.NONE;
      end(late, verdict, ErrorReplies.late(late), now);
    }
    boolean waiting = false;
    for (ServicePool pool : pools.all()) {
      for (PendingCall expired : pool.removeExpired(now)) {
        end(expired, Verdict.NONE, ErrorReplies.expired(expired, pool.obstacle()), now);
      }
      pool.serveWaiting(this::send);
      waiting |= pool.isAnyoneWaiting();
    }
    rejections.release(now);
    largeBodies.expire(now);
    reports.set(pools.report(now));
    waiting |= rejections.isAnyoneHeld() || largeBodies.isAnyoneWaiting();
    if (!waiting && inFlight.isEmpty()) {
      timers.cancel(Sweep.INSTANCE);
      sweeping = false;
    }
    return this;
  }

  private void route(ServicePool pool, PendingCall pending, long now) {
    InstanceHandle target = pool.pick(pending);
    if (target != null) {
      send(pending, target);
    } else if (!pool.admit(pending, now)) {
      reject(pending, ErrorReplies.noRoom(pending, pool.waitingCount()), now);
    }
  }

  private void routeElsewhere(
      ServicePool pool, PendingCall pending, ServiceReply refusal, long now) {
    InstanceHandle target = pool.pick(pending);
    if (target != null && pool.takeRetry(pending, now)) {
      send(pending, target);
    } else {
      end(pending, Verdict.of(refusal.status()), refusal, now);
    }
  }

  private void send(PendingCall pending, InstanceHandle target) {
    largeBodies.send(
        pending, target, pending.goesTo(target, inFlight.add(pending), replyTo, nanos.getAsLong()));
  }

  private void failOver(ServicePool pool, Set<InstanceHandle> lost, long now) {
    List<PendingCall> orphaned = inFlight.takeBack(sent -> lost.contains(sent.target()));
    Set<String> suspended = new LinkedHashSet<>();
    // All of them first: what is suspended by one is not sent again for another.
    for (PendingCall pending : orphaned) {
      if (pool.died(pending, now)) {
        suspended.add(pending.call().action());
      }
    }
    suspended.forEach(action -> onSuspended(pool, action, now));
    for (PendingCall pending : orphaned) {
      moveOn(pool, pending, now);
    }
  }

  private void moveOn(ServicePool pool, PendingCall pending, long now) {
    if (!pending.mayBeRepeated()) {
      ServiceReply reply =
          pending.deaths().size() > 1
              ? ErrorReplies.lostAgain(pending)
              : ErrorReplies.lost(pending);
      end(pending, pending.target().loss(), reply, now);
      return;
    }
    ActionGuard.Refusal suspension = pool.suspension(pending.call().action(), now);
    if (suspension != null) {
      end(pending, pending.target().loss(), ErrorReplies.refused(pending, suspension), now);
    } else if (!pool.takeRetry(pending, now)) {
      end(pending, pending.target().loss(), ErrorReplies.lostAndBudgetSpent(pending), now);
    } else {
      pending.repeats();
      route(pool, pending, now);
    }
  }

  private void onSuspended(ServicePool pool, String action, long now) {
    reports.set(pools.report(now));
    ActionGuard.Refusal refusal = Objects.requireNonNull(pool.suspension(action, now));
    getContext().getLog().warn("{}", refusal.why());
    for (PendingCall waiting :
        pool.removeWaiting(pending -> pending.call().action().equals(action))) {
      reject(waiting, ErrorReplies.refused(waiting, refusal), now);
    }
  }

  private void onSuspensionEnded(PendingCall probe, long now) {
    reports.set(pools.report(now));
    getContext()
        .getLog()
        .info(
            "[{}] {} is called again: an instance answered it",
            probe.call().service(),
            probe.call().action());
  }

  // The silent may only be slow: what they have moves on only if it may be done twice and
  // somebody else is ready for it.
  private void moveOnFromSilent(long now) {
    inFlight
        .takeBack(sent -> !sent.target().isHeard() && pools.of(sent).takeMove(sent, now))
        .forEach(
            pending -> {
              pending.repeats();
              route(pools.of(pending), pending, now);
            });
  }

  private void end(PendingCall pending, Verdict verdict, ServiceReply reply, long now) {
    leave(pending, verdict, now);
    pending.complete(reply);
  }

  private void reject(PendingCall pending, ServiceReply refusal, long now) {
    leave(pending, Verdict.NONE, now);
    rejections.refuse(pending, refusal, now);
  }

  private void leave(PendingCall pending, Verdict verdict, long now) {
    ServicePool pool = pools.of(pending);
    if (pool.leave(pending, verdict, now)) {
      onBreakerChanged(pending.call().service(), pool, now);
    }
  }

  private void onBreakerChanged(String service, ServicePool pool, long now) {
    reports.set(pools.report(now));
    ActionGuard.Refusal refusal = pool.refusal(now);
    if (refusal == null) {
      getContext().getLog().info("[{}] is asked again (circuit breaker closed)", service);
      return;
    }
    getContext().getLog().warn("{}", refusal.why());
    for (PendingCall waiting : pool.removeWaiting(any -> true)) {
      reject(waiting, ErrorReplies.refused(waiting, refusal), now);
    }
  }
}
