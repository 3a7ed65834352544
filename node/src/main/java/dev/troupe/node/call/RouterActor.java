package dev.troupe.node.call;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
 * Owns the address to which the calls of this node are answered. Passes messages and time to {@link
 * CallLifecycle}, which decides what happens to each call, and writes changes to the log and the
 * reports.
 */
public final class RouterActor extends AbstractBehavior<RouterActor.Command> {
  /** What the router can be told. */
  public sealed interface Command {}

  private record Submit(OutboundCall call, CompletableFuture<ServiceReply> promise)
      implements Command {}

  record Replied(ServiceReply reply) implements Command {}

  private record LargeReplied(LargeReply reply) implements Command {}

  record RoomDecided(LargeBodies.BodilessReply reply, boolean granted) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private static final Duration TICK_INTERVAL = Duration.ofMillis(50);

  private final TimerScheduler<Command> timers;
  private final LongSupplier nanos;
  private final AtomicReference<Map<String, CallReport>> reports;
  private final LargeBodies largeBodies;
  private final ProgramConnectors programs;
  private final CallLifecycle calls;
  private boolean ticking;

  private RouterActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      LongSupplier nanos,
      ServicePools pools,
      RejectionThrottle rejections,
      ByteBudget largeReplies,
      Duration chunkTimeout,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports,
      NodeMetrics metrics) {
    super(context);
    this.timers = timers;
    this.nanos = nanos;
    this.reports = reports;
    this.largeBodies = new LargeBodies(context, largeReplies);
    this.programs = new ProgramConnectors(context, chunkTimeout, largeBodies);
    // One address for all replies: a temporary actor for each call costs more than the call.
    ActorRef<ServiceReply> replyTo = context.messageAdapter(ServiceReply.class, Replied::new);
    // All adapters of an actor share one address, so this one takes large replies to `replyTo`.
    context.messageAdapter(LargeReply.class, LargeReplied::new);
    this.calls =
        new CallLifecycle(
            pools,
            rejections,
            programs,
            replyTo,
            new CallSpans(Tracer.of(context.getSystem())),
            new CallMetrics(metrics));
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * @param settings with the limits of the calls of each service
   * @param reports gets the newest numbers of the calls, by service, for readers on any thread
   * @param metrics get how long calls take
   */
  public static Behavior<Command> create(
      Settings settings,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports,
      NodeMetrics metrics) {
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
        settings.streams().chunkTimeout(),
        registry,
        reports,
        metrics,
        nanos);
  }

  static Behavior<Command> create(
      Supplier<ServicePools> pools,
      Supplier<RejectionThrottle> rejections,
      ByteBudget largeReplies,
      Duration chunkTimeout,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports,
      NodeMetrics metrics,
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
                        chunkTimeout,
                        registry,
                        reports,
                        metrics)));
  }

  /** Calls services by {@code router}. */
  public static CallClient client(ActorRef<Command> router) {
    return call -> {
      CompletableFuture<ServiceReply> promise = new CompletableFuture<>();
      router.tell(new Submit(call, promise));
      return promise;
    };
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Submit.class, this::onSubmit)
        .onMessage(Replied.class, this::onReplied)
        .onMessage(LargeReplied.class, this::onLargeReplied)
        .onMessage(RoomDecided.class, this::onRoomDecided)
        .onMessage(ViewChanged.class, this::onViewChanged)
        .onMessage(Tick.class, tick -> onTick())
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Command> onSubmit(Submit submit) {
    OutboundCall call = submit.call();
    try {
      calls.submit(call, submit.promise(), nanos.getAsLong());
    } catch (RuntimeException e) {
      // The failure of one call must not end the router and with it all other calls.
      getContext().getLog().error("the call of {} failed in the router", call.service(), e);
      submit.promise().complete(ErrorReplies.failed(call));
    }
    if (!ticking) {
      ticking = true;
      timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK_INTERVAL);
    }
    return logTransitions();
  }

  private Behavior<Command> onReplied(Replied replied) {
    calls.onReply(replied.reply(), nanos.getAsLong());
    return logTransitions();
  }

  private Behavior<Command> onLargeReplied(LargeReplied replied) {
    LargeReply reply = replied.reply();
    if (calls.find(reply.head().correlationId()) == null) {
      largeBodies.discard(reply);
      return this;
    }
    LargeBodies.BodilessReply bodiless = largeBodies.claimRoom(reply, nanos.getAsLong());
    return bodiless == null ? this : onRoomDecided(new RoomDecided(bodiless, true));
  }

  private Behavior<Command> onRoomDecided(RoomDecided decided) {
    LargeBodies.BodilessReply reply = decided.reply();
    PendingCall call = calls.find(reply.correlationId());
    if (call == null) {
      // The call has ended or moved while the reply waited for room.
      reply.discard();
      return this;
    }
    if (!decided.granted()) {
      reply.discard();
      return onReplied(new Replied(reply.noRoom(call)));
    }
    reply.fetch(call);
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    long now = nanos.getAsLong();
    calls.onView(changed.view(), now);
    programs.retain(changed.view());
    reports.set(calls.report(now));
    return logTransitions();
  }

  private Behavior<Command> onTick() {
    long now = nanos.getAsLong();
    calls.onTick(now);
    largeBodies.expire(now);
    reports.set(calls.report(now));
    if (calls.isIdle() && !largeBodies.isAnyoneWaiting()) {
      timers.cancel(Tick.INSTANCE);
      ticking = false;
    }
    return logTransitions();
  }

  private Behavior<Command> onStop() {
    calls.stop();
    reports.set(calls.report(nanos.getAsLong()));
    return this;
  }

  private Behavior<Command> logTransitions() {
    for (CallTransition next = calls.pollTransition();
        next != null;
        next = calls.pollTransition()) {
      reports.set(calls.report(nanos.getAsLong()));
      CallTransitionLogger.log(getContext().getLog(), next);
    }
    return this;
  }
}
