package dev.troupe.service.host;

import dev.troupe.node.start.CallCounters;
import dev.troupe.node.start.NodeEnd;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.call.UnreadableRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.launch.NodeExit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns the intake of one instance: which requests it took and has not answered yet.
 *
 * <p>The cluster's requests, the service's replies and the node's own commands meet here. They have
 * no type in common, and each sender gets this actor narrowed to its own.
 */
final class EndpointActor extends AbstractBehavior<Object> {
  /**
   * Refuses what is new from now on.
   *
   * @param drained completes when nothing taken is left unanswered
   */
  record Drain(CompletableFuture<Void> drained) {}

  private enum Sweep {
    INSTANCE
  }

  private record Taken(
      long correlationId, ActorRef<ServiceReply> replyTo, String action, Deadline deadline) {}

  static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private final String slot;
  private final int maxInFlight;
  private final CallCounters counters;
  private final Intake intake;
  private final TimerScheduler<Object> timers;
  private final ActorRef<ServiceReply> replies;
  private final Map<Long, Taken> inFlight = new HashMap<>();
  private final List<CompletableFuture<Void>> draining = new ArrayList<>();
  private long lastId;

  /**
   * @param maxInFlight requests taken at a time; more are refused
   * @param answers what was answered before is not given to {@code service} again
   */
  static Behavior<Object> create(
      String slot,
      int maxInFlight,
      CallCounters counters,
      ActorRef<ServiceRequest> service,
      AnswerLookup answers) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new EndpointActor(
                        context, timers, slot, maxInFlight, counters, service, answers)));
  }

  private EndpointActor(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      String slot,
      int maxInFlight,
      CallCounters counters,
      ActorRef<ServiceRequest> service,
      AnswerLookup answers) {
    super(context);
    this.slot = slot;
    this.maxInFlight = maxInFlight;
    this.counters = counters;
    this.intake = new Intake(service, answers);
    this.timers = timers;
    this.replies = context.getSelf().narrow();
    context.watch(service);
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(ServiceRequest.class, this::onRequest)
        .onMessage(UnreadableRequest.class, this::onUnreadable)
        .onMessage(ServiceReply.class, this::onReply)
        .onMessage(Drain.class, this::onDrain)
        .onMessageEquals(Sweep.INSTANCE, this::onSweep)
        .onSignal(Terminated.class, this::onServiceStopped)
        .build();
  }

  private Behavior<Object> onRequest(ServiceRequest request) {
    if (!draining.isEmpty()) {
      return refuse(request, ReplyStatus.NOT_TAKEN, slot + " is leaving and takes no new requests");
    }
    if (inFlight.size() >= maxInFlight) {
      return refuse(
          request,
          ReplyStatus.OVERLOADED,
          "%s has %d requests in flight (max-in-flight); try again later"
              .formatted(slot, maxInFlight));
    }
    if (!timers.isTimerActive(Sweep.INSTANCE)) {
      timers.startSingleTimer(Sweep.INSTANCE, Sweep.INSTANCE, SWEEP_INTERVAL);
    }
    counters.began();
    long id = ++lastId;
    inFlight.put(
        id,
        new Taken(
            request.correlationId(), request.replyTo(), request.action(), request.deadline()));
    intake.take(request.under(id, replies));
    return this;
  }

  private Behavior<Object> onUnreadable(UnreadableRequest request) {
    getContext().getLog().error("[{}] a request was refused: {}", slot, request.problem());
    request
        .replyTo()
        .tell(
            new ServiceReply(
                request.correlationId(),
                "",
                ReplyStatus.FAILED,
                JsonBytes.EMPTY,
                request.problem()));
    return this;
  }

  private Behavior<Object> refuse(ServiceRequest request, ReplyStatus status, String why) {
    request.replyTo().tell(ServiceReply.error(request, status, why));
    return this;
  }

  private Behavior<Object> onReply(ServiceReply reply) {
    Taken taken = inFlight.remove(reply.correlationId());
    if (taken == null) {
      // Swept before, or answered twice.
      return this;
    }
    counters.ended(reply.status().isServiceError());
    taken.replyTo().tell(reply.under(taken.correlationId()));
    return drainedIfEmpty();
  }

  private Behavior<Object> onSweep() {
    long now = System.nanoTime();
    for (Iterator<Taken> all = inFlight.values().iterator(); all.hasNext(); ) {
      Taken taken = all.next();
      if (taken.deadline().hasPassed(now)) {
        all.remove();
        counters.ended(true);
        getContext().getLog().warn("[{}] {} not answered by its deadline", slot, taken.action());
      }
    }
    if (!inFlight.isEmpty()) {
      timers.startSingleTimer(Sweep.INSTANCE, Sweep.INSTANCE, SWEEP_INTERVAL);
    }
    return drainedIfEmpty();
  }

  private Behavior<Object> onDrain(Drain drain) {
    draining.add(drain.drained());
    return drainedIfEmpty();
  }

  private Behavior<Object> drainedIfEmpty() {
    if (inFlight.isEmpty()) {
      draining.forEach(drained -> drained.complete(null));
    }
    return this;
  }

  // The service's own decision, since failures restart it: a fresh process is the way back.
  private Behavior<Object> onServiceStopped(Terminated stopped) {
    getContext().getLog().error("[{}] the service's actor has stopped; so does the process", slot);
    NodeEnd.begin(getContext().getSystem(), NodeExit.SERVICE_STOPPED, "");
    return Behaviors.stopped();
  }
}
