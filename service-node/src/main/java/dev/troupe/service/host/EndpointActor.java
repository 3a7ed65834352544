package dev.troupe.service.host;

import dev.troupe.node.call.BodyFetch;
import dev.troupe.node.call.BodySource;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
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
import org.apache.pekko.actor.typed.DispatcherSelector;
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

  /**
   * What bounds an endpoint.
   *
   * @param maxInFlight requests taken at a time; more are refused
   * @param maxInFlightBytes their bodies together, and apart from them the large replies that are
   *     on their way
   * @param maxReplyBytes the largest body of a reply
   */
  record Limits(int maxInFlight, long maxInFlightBytes, long maxReplyBytes) {}

  private record Fetched(ServiceRequest request) {}

  private record FetchFailed(int size) {}

  private record ReplyGiven(int size) {}

  private enum Sweep {
    INSTANCE
  }

  private record Taken(
      long correlationId,
      ActorRef<ServiceReply> replyTo,
      String action,
      Deadline deadline,
      int bytes) {}

  static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  // Of an error: more of it nobody reads, and all of a reply but its body is one message.
  private static final int LONGEST_MESSAGE = 100_000;

  private final String slot;
  private final Limits limits;
  private final CallCounters counters;
  private final IdempotencyFilter intake;
  private final TimerScheduler<Object> timers;
  private final ActorRef<ServiceReply> replies;
  private final Map<Long, Taken> inFlight = new HashMap<>();
  private final List<CompletableFuture<Void>> draining = new ArrayList<>();
  private long lastId;
  private int fetching;
  private long requestBytes;
  private long replyBytes;

  /**
   * @param answers what was answered before is not given to {@code service} again
   */
  static Behavior<Object> create(
      String slot,
      Limits limits,
      CallCounters counters,
      ActorRef<ServiceRequest> service,
      StoredReplyLookup answers) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new EndpointActor(context, timers, slot, limits, counters, service, answers)));
  }

  private EndpointActor(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      String slot,
      Limits limits,
      CallCounters counters,
      ActorRef<ServiceRequest> service,
      StoredReplyLookup answers) {
    super(context);
    this.slot = slot;
    this.limits = limits;
    this.counters = counters;
    this.intake = new IdempotencyFilter(service, answers);
    this.timers = timers;
    this.replies = context.getSelf().narrow();
    context.watch(service);
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(ServiceRequest.class, this::onRequest)
        .onMessage(LargeRequest.class, this::onLargeRequest)
        .onMessage(Fetched.class, this::onFetched)
        .onMessage(FetchFailed.class, this::onFetchFailed)
        .onMessage(ReplyGiven.class, this::onReplyGiven)
        .onMessage(UnreadableRequest.class, this::onUnreadable)
        .onMessage(ServiceReply.class, this::onReply)
        .onMessage(Drain.class, this::onDrain)
        .onMessageEquals(Sweep.INSTANCE, this::onSweep)
        .onSignal(Terminated.class, this::onServiceStopped)
        .build();
  }

  private Behavior<Object> onRequest(ServiceRequest request) {
    if (isRefused(request, request.data().size())) {
      return this;
    }
    if (!timers.isTimerActive(Sweep.INSTANCE)) {
      timers.startSingleTimer(Sweep.INSTANCE, Sweep.INSTANCE, SWEEP_INTERVAL);
    }
    counters.began();
    long id = ++lastId;
    inFlight.put(
        id,
        new Taken(
            request.correlationId(),
            request.replyTo(),
            request.action(),
            request.deadline(),
            request.data().size()));
    requestBytes += request.data().size();
    intake.take(request.under(id, replies));
    return this;
  }

  private boolean isRefused(ServiceRequest request, int size) {
    if (!draining.isEmpty()) {
      refuse(request, ReplyStatus.NOT_TAKEN, slot + " is leaving and takes no new requests");
      return true;
    }
    if (inFlight.size() + fetching >= limits.maxInFlight()) {
      refuse(
          request,
          ReplyStatus.OVERLOADED,
          "%s has %d requests in flight (max-in-flight); try again later"
              .formatted(slot, limits.maxInFlight()));
      return true;
    }
    if (requestBytes + size > limits.maxInFlightBytes()) {
      refuse(
          request,
          ReplyStatus.OVERLOADED,
          "%s has requests of %d bytes in flight (max-in-flight-bytes: %d); try again later"
              .formatted(slot, requestBytes, limits.maxInFlightBytes()));
      return true;
    }
    return false;
  }

  private Behavior<Object> onLargeRequest(LargeRequest large) {
    ServiceRequest head = large.head();
    if (isRefused(head, large.size())) {
      large.source().tell(PartRequest.nothingMore(getContext().getSystem().ignoreRef()));
      return this;
    }
    fetching++;
    requestBytes += large.size();
    ActorRef<Object> self = getContext().getSelf();
    getContext()
        .spawnAnonymous(
            BodyFetch.create(
                large.size(),
                large.source(),
                head.deadline(),
                body -> self.tell(new Fetched(head.withData(body))),
                () -> self.tell(new FetchFailed(large.size()))),
            DispatcherSelector.sameAsParent());
    return this;
  }

  private Behavior<Object> onFetched(Fetched fetched) {
    fetchEnded(fetched.request().data().size());
    onRequest(fetched.request());
    return drainedIfEmpty();
  }

  // Its caller knows, or waits no longer.
  private Behavior<Object> onFetchFailed(FetchFailed failed) {
    fetchEnded(failed.size());
    return drainedIfEmpty();
  }

  private void fetchEnded(int size) {
    fetching--;
    requestBytes -= size;
  }

  private Behavior<Object> onReplyGiven(ReplyGiven given) {
    replyBytes -= given.size();
    return drainedIfEmpty();
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
    requestBytes -= taken.bytes();
    ServiceReply sent = bounded(reply.under(taken.correlationId()), taken);
    counters.ended(sent.status().isServiceError());
    if (sent.data().size() <= LargeBody.LARGEST_AT_ONCE) {
      taken.replyTo().tell(sent);
    } else {
      giveInParts(sent, taken);
    }
    return drainedIfEmpty();
  }

  private ServiceReply bounded(ServiceReply reply, Taken taken) {
    int size = reply.data().size();
    if (size > limits.maxReplyBytes()) {
      String problem =
          "the reply of %s has %d bytes (expected: at most %d, the max-reply of its service)"
              .formatted(taken.action(), size, limits.maxReplyBytes());
      getContext().getLog().warn("[{}] {}, request {}", slot, problem, reply.requestId());
      return error(reply, ReplyStatus.TOO_LARGE, problem + "; ask for less at a time");
    }
    if (size > LargeBody.LARGEST_AT_ONCE && replyBytes + size > limits.maxInFlightBytes()) {
      return error(
          reply,
          ReplyStatus.UNAVAILABLE,
          "%s has large replies of %d bytes on their way (max-in-flight-bytes: %d); try again later"
              .formatted(slot, replyBytes, limits.maxInFlightBytes()));
    }
    String message = reply.message();
    return message == null || message.length() <= LONGEST_MESSAGE
        ? reply
        : error(reply, reply.status(), message.substring(0, LONGEST_MESSAGE) + "…");
  }

  private static ServiceReply error(ServiceReply reply, ReplyStatus status, String message) {
    return new ServiceReply(
        reply.correlationId(), reply.requestId(), status, JsonBytes.EMPTY, message);
  }

  private void giveInParts(ServiceReply reply, Taken taken) {
    int size = reply.data().size();
    replyBytes += size;
    ActorRef<Object> self = getContext().getSelf();
    ActorRef<PartRequest> source =
        getContext()
            .spawnAnonymous(
                BodySource.create(
                    reply.data(), taken.deadline(), () -> self.tell(new ReplyGiven(size))),
                DispatcherSelector.sameAsParent());
    taken
        .replyTo()
        .<Object>unsafeUpcast()
        .tell(new LargeReply(reply.withData(JsonBytes.EMPTY), size, source));
  }

  private Behavior<Object> onSweep() {
    long now = System.nanoTime();
    for (Iterator<Taken> all = inFlight.values().iterator(); all.hasNext(); ) {
      Taken taken = all.next();
      if (taken.deadline().hasPassed(now)) {
        all.remove();
        requestBytes -= taken.bytes();
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
    // A large reply that is on its way ends with this process.
    if (inFlight.isEmpty() && fetching == 0 && replyBytes == 0) {
      draining.forEach(drained -> drained.complete(null));
    }
    return this;
  }

  // The service's own decision, since failures restart it: a fresh process is the way back.
  private Behavior<Object> onServiceStopped(Terminated stopped) {
    getContext().getLog().error("[{}] the service's actor has stopped; so does the process", slot);
    NodeShutdown.begin(getContext().getSystem(), NodeExit.SERVICE_STOPPED, "");
    return Behaviors.stopped();
  }
}
