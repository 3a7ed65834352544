package dev.troupe.node.call;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CallSettings;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Owns this node's unanswered calls: sends each to the least busy ready instance, holds it while
 * there is none, moves it on when its instance is lost, and refuses it when its service is not to
 * be asked.
 */
public final class RouterActor extends AbstractBehavior<RouterActor.Command> {
  /** What the router can be told. */
  public sealed interface Command {}

  record Submit(Pending pending) implements Command {}

  private record Replied(ServiceReply reply) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum Sweep implements Command {
    INSTANCE
  }

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(50);

  private final TimerScheduler<Command> timers;
  private final LongSupplier nanos;
  private final Function<String, ServicePool> newPool;
  private final AtomicReference<Map<String, CallReport>> reports;
  private final ActorRef<ServiceReply> replyTo;
  private final Map<String, ServicePool> pools = new HashMap<>();
  private final InFlight inFlight = new InFlight();
  private boolean sweeping;

  private RouterActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      LongSupplier nanos,
      Function<String, ServicePool> newPool,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports) {
    super(context);
    this.timers = timers;
    this.nanos = nanos;
    this.newPool = newPool;
    this.reports = reports;
    // One long-lived address for all replies: a temporary actor per call costs more than the call.
    this.replyTo = context.messageAdapter(ServiceReply.class, Replied::new);
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * @param room how many calls of a service may wait while it has no ready instance
   * @param calls what else bounds the calls of a service, by its name
   * @param reports always holds what there is to say of them, by service, for readers on any thread
   */
  public static Behavior<Command> create(
      WaitingRoomSettings room,
      Function<String, CallSettings> calls,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports) {
    return create(room, calls, registry, reports, System::nanoTime);
  }

  static Behavior<Command> create(
      WaitingRoomSettings room,
      Function<String, CallSettings> calls,
      ActorRef<RegistryActor.Command> registry,
      AtomicReference<Map<String, CallReport>> reports,
      LongSupplier nanos) {
    Function<String, ServicePool> newPool =
        service -> new ServicePool(service, calls.apply(service), room, nanos.getAsLong());
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RouterActor(context, timers, nanos, newPool, registry, reports)));
  }

  /** The router behind a plain interface. */
  public static CallClient client(
      ActorRef<Command> router, AtomicReference<Map<String, CallReport>> reports) {
    return new RouterClient(router, reports);
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
    Pending pending = submit.pending();
    ServicePool pool = pool(pending);
    long now = nanos.getAsLong();
    @Nullable String refusal = pool.enter(pending, now);
    if (refusal == null) {
      route(pool, pending, now);
    } else {
      pending.complete(pending.failure(ReplyStatus.UNAVAILABLE, refusal));
    }
    sweepSoon();
    return this;
  }

  private Behavior<Command> onReplied(Replied replied) {
    ServiceReply reply = replied.reply();
    Pending pending = inFlight.remove(reply.correlationId());
    if (pending == null) {
      // Its caller has been answered already, by another instance or by the clock.
      return this;
    }
    ServicePool pool = pool(pending);
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
      default -> end(pending, Verdict.of(reply.status()), reply, now);
    }
    pool.serveWaiting(this::send);
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    Map<String, List<InstanceView>> byService =
        changed.view().instances().stream().collect(Collectors.groupingBy(InstanceView::service));
    byService.keySet().forEach(service -> pools.computeIfAbsent(service, newPool));
    long now = nanos.getAsLong();
    pools.forEach(
        (service, pool) -> {
          failOver(pool, pool.update(byService.getOrDefault(service, List.of())), now);
          pool.serveWaiting(this::send);
        });
    moveOnFromSilent(now);
    report(now);
    return this;
  }

  private Behavior<Command> onSweep() {
    long millis = System.currentTimeMillis();
    long now = nanos.getAsLong();
    for (Pending pending : inFlight.takeBack(sent -> sent.isPastDeadline(millis))) {
      // Of who is silent anyway, silence says nothing new: it gets no calls until it is heard.
      Verdict verdict = pending.target().isHeard() ? Verdict.FAILURE : Verdict.NONE;
      String message =
          pending.call().service() + " did not answer in time; whether it did the work is unknown";
      end(pending, verdict, pending.failure(ReplyStatus.DEADLINE, message), now);
    }
    boolean waiting = false;
    for (ServicePool pool : pools.values()) {
      for (Pending pending : pool.removeExpired(millis)) {
        unavailable(
            pending,
            Verdict.NONE,
            "no instance of %s became ready in time; try again".formatted(pending.call().service()),
            now);
      }
      pool.serveWaiting(this::send);
      waiting |= pool.isAnyoneWaiting();
    }
    report(now);
    if (!waiting && inFlight.isEmpty()) {
      timers.cancel(Sweep.INSTANCE);
      sweeping = false;
    }
    return this;
  }

  private void route(ServicePool pool, Pending pending, long now) {
    Target target = pool.pick(pending);
    if (target != null) {
      send(pending, target);
    } else if (!pool.admit(pending, now)) {
      unavailable(
          pending,
          Verdict.NONE,
          "%s has no ready instance and its waiting room is full (%d wait); try again later"
              .formatted(pending.call().service(), pool.waitingCount()),
          now);
    }
  }

  private void routeElsewhere(ServicePool pool, Pending pending, ServiceReply refusal, long now) {
    Target target = pool.pick(pending);
    if (target != null && pool.takeRetry(now)) {
      send(pending, target);
    } else {
      end(pending, Verdict.of(refusal.status()), refusal, now);
    }
  }

  private void send(Pending pending, Target target) {
    pending.sendTo(target, inFlight.add(pending), replyTo);
  }

  private void failOver(ServicePool pool, Set<Target> lost, long now) {
    if (lost.isEmpty()) {
      return;
    }
    for (Pending pending : inFlight.takeBack(sent -> lost.contains(sent.target()))) {
      String slot = pending.target().slot();
      if (!pending.mayBeRepeated()) {
        unavailable(
            pending,
            pending.target().loss(),
            slot
                + " was lost while it had this request; whether it did the work is unknown:"
                + " look before sending it again",
            now);
      } else if (pool.takeRetry(now)) {
        route(pool, pending, now);
      } else {
        unavailable(
            pending,
            pending.target().loss(),
            slot
                + " was lost while it had this request, and the retry budget of "
                + pending.call().service()
                + " is spent; try again later",
            now);
      }
    }
  }

  // The silent may only be slow: what they have moves on only if it may be done twice and
  // somebody else is ready for it.
  private void moveOnFromSilent(long now) {
    for (Pending pending :
        inFlight.takeBack(
            sent ->
                !sent.target().isHeard()
                    && sent.mayBeRepeated()
                    && pool(sent).pick(sent) != null
                    && pool(sent).takeRetry(now))) {
      route(pool(pending), pending, now);
    }
  }

  private void unavailable(Pending pending, Verdict verdict, String message, long now) {
    end(pending, verdict, pending.failure(ReplyStatus.UNAVAILABLE, message), now);
  }

  private void end(Pending pending, Verdict verdict, ServiceReply reply, long now) {
    ServicePool pool = pool(pending);
    if (pool.leave(pending, verdict, now)) {
      onBreakerChanged(pending.call().service(), pool.breaker(), now);
    }
    pending.complete(reply);
  }

  private void onBreakerChanged(String service, CircuitBreaker breaker, long now) {
    if (breaker.state() == BreakerState.OPEN) {
      getContext()
          .getLog()
          .warn(
              "[{}] {}: not asked for {} ms (circuit breaker open)",
              service,
              breaker.reason(),
              breaker.remaining(now).toMillis());
    } else {
      getContext().getLog().info("[{}] answers again (circuit breaker closed)", service);
    }
    report(now);
  }

  private void report(long now) {
    Instant instant = Instant.now();
    Map<String, CallReport> newest = new HashMap<>();
    pools.forEach(
        (service, pool) -> {
          if (pool.wasAsked()) {
            newest.put(service, pool.report(now, instant));
          }
        });
    reports.set(newest);
  }

  private ServicePool pool(Pending pending) {
    return pools.computeIfAbsent(pending.call().service(), newPool);
  }

  private void sweepSoon() {
    if (!sweeping) {
      sweeping = true;
      timers.startTimerWithFixedDelay(Sweep.INSTANCE, SWEEP_INTERVAL);
    }
  }
}
