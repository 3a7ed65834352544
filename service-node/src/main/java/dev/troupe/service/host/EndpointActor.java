package dev.troupe.service.host;

import dev.troupe.node.call.BodyFetch;
import dev.troupe.node.call.BodySource;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.metrics.CallTimers;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.node.trace.Tracer;
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
import dev.troupe.protocol.service.StreamedReply;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;
import dev.troupe.service.host.InFlightRequests.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * Owns the requests of one instance from the moment it takes them until it answers them.
 *
 * <p>It receives the requests of the cluster, the replies of the service and the commands of the
 * node. These have no type in common, so each sender gets a reference narrowed to its own type.
 */
final class EndpointActor extends AbstractBehavior<Object> {
  /**
   * Refuses new requests from now on.
   *
   * @param drained completes when every request that was taken is answered
   */
  record Drain(CompletableFuture<Void> drained) {}

  private record Fetched(ServiceRequest request) {}

  private record FetchFailed(int size) {}

  private record ReplyGiven(int size) {}

  private enum Sweep {
    INSTANCE
  }

  static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private final String slot;
  private final CallCounters counters;
  private final CallTimers durations;
  private final IdempotencyFilter filter;
  private final TimerScheduler<Object> timers;
  private final ActorRef<ServiceReply> replies;
  private final InFlightRequests inFlight;
  private final OtherVersions otherVersions;
  private final Tracer tracer;
  private final OutgoingStreams streams;
  private final List<CompletableFuture<Void>> draining = new ArrayList<>();

  /**
   * @param durations of the calls
   * @param streams makes what holds the streams, which sends its messages to the endpoint
   * @param answers a request that has a stored reply gets it and is not given to {@code service}
   */
  static Behavior<Object> create(
      String slot,
      InFlightRequests.Limits limits,
      CallCounters counters,
      CallTimers durations,
      Function<Consumer<Object>, OutgoingStreams> streams,
      ActorRef<ServiceRequest> service,
      IdempotencyFilter.StoredReplyLookup answers) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new EndpointActor(
                        context, timers, slot, limits, counters, durations, streams, service,
                        answers)));
  }

  private EndpointActor(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      String slot,
      InFlightRequests.Limits limits,
      CallCounters counters,
      CallTimers durations,
      Function<Consumer<Object>, OutgoingStreams> streams,
      ActorRef<ServiceRequest> service,
      IdempotencyFilter.StoredReplyLookup answers) {
    super(context);
    this.slot = slot;
    this.counters = counters;
    this.durations = durations;
    this.inFlight = new InFlightRequests(slot, limits, counters);
    this.otherVersions = new OtherVersions(slot, context.getLog());
    this.filter = new IdempotencyFilter(service, answers);
    this.timers = timers;
    this.tracer = Tracer.of(context.getSystem());
    this.replies = context.getSelf().narrow();
    this.streams = streams.apply(context.getSelf()::tell);
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
        .onMessage(StreamedReply.class, this::onStreamedReply)
        .onMessage(OutgoingStreams.Begun.class, this::onStreamBegun)
        .onMessage(OutgoingStreams.Ended.class, this::onStreamEnded)
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
    long span = TraceContext.randomId();
    TraceContext trace = request.trace();
    long id = inFlight.take(request, span);
    filter.take(request.under(id, trace == null ? null : trace.at(span), replies));
    return this;
  }

  private boolean isRefused(ServiceRequest request, int size) {
    if (!draining.isEmpty()) {
      refuse(request, ReplyStatus.NOT_TAKEN, slot + " is leaving and takes no new requests");
      return true;
    }
    Optional<InFlightRequests.Refusal> refusal = inFlight.refusalOf(size);
    refusal.ifPresent(refused -> refuse(request, refused.status(), refused.reason()));
    return refusal.isPresent();
  }

  private Behavior<Object> onLargeRequest(LargeRequest large) {
    ServiceRequest head = large.head();
    if (isRefused(head, large.size())) {
      large.source().tell(PartRequest.nothingMore(getContext().getSystem().ignoreRef()));
      return this;
    }
    inFlight.fetchBegan(large.size());
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
    inFlight.fetchEnded(fetched.request().data().size());
    onRequest(fetched.request());
    return drainedIfEmpty();
  }

  // No reply: the caller stopped sending, so it knows, or its deadline has passed.
  private Behavior<Object> onFetchFailed(FetchFailed failed) {
    inFlight.fetchEnded(failed.size());
    return drainedIfEmpty();
  }

  private Behavior<Object> onReplyGiven(ReplyGiven given) {
    inFlight.replyEnded(given.size());
    return drainedIfEmpty();
  }

  private Behavior<Object> onUnreadable(UnreadableRequest request) {
    request.replyTo().tell(otherVersions.reply(request));
    return this;
  }

  private static void refuse(ServiceRequest request, ReplyStatus status, String why) {
    request.replyTo().tell(ServiceReply.error(request, status, why));
  }

  private Behavior<Object> onReply(ServiceReply reply) {
    Taken taken = inFlight.remove(reply.correlationId());
    if (taken == null) {
      return this;
    }
    ServiceReply sent = inFlight.bounded(reply.under(taken.correlationId()), taken);
    counters.ended(sent.status().isServiceError());
    record(taken, Tracer.end(sent.status()), sent.status().httpCode());
    durations.record(taken.action(), sent.status(), System.nanoTime() - taken.sinceNanos());
    if (sent.data().size() <= LargeBody.LARGEST_AT_ONCE) {
      taken.replyTo().tell(sent);
    } else {
      giveInParts(sent, taken);
    }
    return drainedIfEmpty();
  }

  private void record(Taken taken, SpanEnd end, int status) {
    tracer.record(
        SpanKind.ACTION,
        taken.trace(),
        taken.span(),
        taken.sinceNanos(),
        end,
        status,
        taken.action());
  }

  private void giveInParts(ServiceReply reply, Taken taken) {
    int size = reply.data().size();
    inFlight.replyBegan(size);
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

  private Behavior<Object> onStreamedReply(StreamedReply reply) {
    return streams.begin(reply, inFlight).map(this::onReply).orElse(this);
  }

  private Behavior<Object> onStreamBegun(OutgoingStreams.Begun begun) {
    return streams.reply(begun, inFlight).map(this::onReply).orElse(this);
  }

  private Behavior<Object> onStreamEnded(OutgoingStreams.Ended ended) {
    streams.onEnded(ended);
    return drainedIfEmpty();
  }

  private Behavior<Object> onSweep() {
    for (Taken expired : inFlight.removeExpired()) {
      record(expired, SpanEnd.LATE, 0);
      durations.record(
          expired.action(), ReplyStatus.DEADLINE, System.nanoTime() - expired.sinceNanos());
      getContext().getLog().warn("[{}] {} not answered by its deadline", slot, expired.action());
    }
    if (!inFlight.isEmpty()) {
      timers.startSingleTimer(Sweep.INSTANCE, Sweep.INSTANCE, SWEEP_INTERVAL);
    }
    return drainedIfEmpty();
  }

  private Behavior<Object> onDrain(Drain drain) {
    draining.add(drain.drained());
    streams.drain();
    return drainedIfEmpty();
  }

  private Behavior<Object> drainedIfEmpty() {
    if (inFlight.isDrained() && streams.isEmpty()) {
      draining.forEach(drained -> drained.complete(null));
    }
    return this;
  }

  // A failure would have restarted the service's actor. It has stopped by itself, and only a new
  // process starts it again.
  private Behavior<Object> onServiceStopped(Terminated stopped) {
    getContext().getLog().error("[{}] the service's actor has stopped; so does the process", slot);
    NodeShutdown.begin(getContext().getSystem(), NodeExit.SERVICE_STOPPED, "");
    return Behaviors.stopped();
  }
}
