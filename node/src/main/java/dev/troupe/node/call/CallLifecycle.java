package dev.troupe.node.call;

import dev.troupe.node.call.CircuitBreaker.Result;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.trace.SpanEnd;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Owns all calls of this node that have no answer yet, and decides what happens to each:
 *
 * <pre>
 * submitted ─► sent      to an instance, until the call is
 *     │         │ ├─► answered
 *     │         │ ├─► declined by a full or leaving instance: sent to another, waiting, or ended
 *     │         │ ├─► late, with no reply by the deadline: ended
 *     │         │ └─► lost with its process, or without a sign of life: sent again, once at most, or ended
 *     ├───────► waiting   for an instance, until it is sent, expired or refused
 *     └───────► refused   because a limit of its service is reached
 * </pre>
 *
 * <p>Until it leaves by {@link #end} or {@link #refuse}, a call is in {@link InFlightCalls} or in
 * the waiting room of its {@link ServicePool}. Needs no actor system. Confined to the router.
 */
final class CallLifecycle {
  private final ServicePools pools;
  private final RejectionThrottle rejections;
  private final RequestSender sender;
  private final ActorRef<ServiceReply> replyTo;
  private final CallSpans spans;
  private final CallMetrics metrics;
  private final InFlightCalls inFlight = new InFlightCalls();
  private final Queue<CallTransition> transitions = new ArrayDeque<>();

  CallLifecycle(
      ServicePools pools,
      RejectionThrottle rejections,
      RequestSender sender,
      ActorRef<ServiceReply> replyTo,
      CallSpans spans,
      CallMetrics metrics) {
    this.pools = pools;
    this.rejections = rejections;
    this.sender = sender;
    this.replyTo = replyTo;
    this.spans = spans;
    this.metrics = metrics;
  }

  /** Sends a new call, or lets it wait, or refuses it. The reply completes {@code promise}. */
  void submit(OutboundCall outbound, CompletableFuture<ServiceReply> promise, long now) {
    ServicePool pool = pools.of(outbound.service());
    PendingCall call = new PendingCall(outbound, promise, pool, now);
    Refusal refusal = pool.admit(call, now);
    if (refusal == null) {
      sendOrWait(call, now);
    } else {
      refuseEnded(call, ErrorReplies.refused(call, refusal), now);
    }
  }

  /** Null when the call has ended, or was moved to another instance. */
  @Nullable PendingCall find(long correlationId) {
    return inFlight.find(correlationId);
  }

  /** An instance has replied. */
  void onReply(ServiceReply reply, long now) {
    PendingCall call = inFlight.remove(reply.correlationId());
    if (call == null) {
      return;
    }
    spans.answered(call, reply.status());
    ServicePool pool = call.pool();
    switch (reply.status()) {
      case NOT_TAKEN -> {
        call.instance().markLeaving();
        call.markRefused();
        sendOrWait(call, now);
      }
      case OVERLOADED -> {
        call.markRefused();
        if (pool.takeRetryElsewhere(call, now)) {
          sendOrWait(call, now);
        } else {
          end(call, Result.of(reply.status()), reply, now);
        }
      }
      default -> {
        if (pool.suspensions().onAnswered(call)) {
          transitions.add(
              new CallTransition.ActionResumed(pool.service(), call.outbound().action()));
        }
        end(call, Result.of(reply.status()), reply, now);
      }
    }
    sendWaiting(pool, now);
  }

  /** The registry has changed: finds lost and silent instances, and those that may take calls. */
  void onView(RegistryView view, long now) {
    pools.update(view).forEach((pool, lost) -> onLost(pool, lost, now));
    for (ServicePool pool : pools.all()) {
      sendWaiting(pool, now);
    }
    moveFromSilent(now);
  }

  private void onLost(ServicePool pool, Set<InstanceHandle> lost, long now) {
    List<PendingCall> orphans = inFlight.removeIf(call -> lost.contains(call.instance()));
    // Counts all deaths first, since one of them may suspend an action of the other lost calls.
    for (PendingCall orphan : orphans) {
      orphan.markDied();
      spans.attempted(orphan, SpanEnd.LOST);
      String action = orphan.outbound().action();
      Refusal suspension = pool.suspensions().onProcessDied(orphan, now);
      if (suspension != null) {
        refuseWaiting(pool, call -> call.outbound().action().equals(action), suspension, now);
      }
    }
    orphans.forEach(orphan -> repeatOrEnd(orphan, now));
  }

  private void repeatOrEnd(PendingCall orphan, long now) {
    ServicePool pool = orphan.pool();
    Refusal suspension = pool.suspensions().refusal(orphan.outbound().action(), now);
    ServiceReply failure;
    if (!orphan.mayBeRepeated()) {
      failure = ErrorReplies.lost(orphan);
    } else if (suspension != null) {
      failure = ErrorReplies.refused(orphan, suspension);
    } else if (!pool.takeRetry(orphan, now)) {
      failure = ErrorReplies.lostAndBudgetSpent(orphan);
    } else {
      orphan.markRepeated();
      spans.moved(orphan);
      sendOrWait(orphan, now);
      return;
    }
    end(orphan, orphan.instance().takeLossResult(), failure, now);
  }

  // A silent instance may only be slow, so a call moves only if it may be done twice and another
  // instance can take it now.
  private void moveFromSilent(long now) {
    List<PendingCall> moved =
        inFlight.removeIf(
            call ->
                !call.instance().isHeard()
                    && call.mayBeRepeated()
                    && call.pool().takeRetryElsewhere(call, now));
    for (PendingCall call : moved) {
      call.markRepeated();
      spans.attempted(call, SpanEnd.SILENT);
      spans.moved(call);
      sendOrWait(call, now);
    }
  }

  /**
   * Ends the calls whose deadline has passed. Must be called often while {@link #isIdle} is false.
   */
  void onTick(long now) {
    for (PendingCall late : inFlight.removeIf(call -> call.isPastDeadline(now))) {
      late.pool().countTimeout();
      spans.attempted(late, SpanEnd.LATE);
      // A timeout of an instance that is already suspected is not counted as a failure of its
      // service.
      Result result = late.instance().isHeard() ? Result.FAILURE : Result.IGNORED;
      end(late, result, ErrorReplies.late(late), now);
    }
    for (ServicePool pool : pools.all()) {
      for (PendingCall expired : pool.removeExpired(now)) {
        spans.waited(expired, SpanEnd.LATE);
        end(expired, Result.IGNORED, ErrorReplies.expired(expired, pool.obstacle()), now);
      }
      sendWaiting(pool, now);
    }
    rejections.release(now);
  }

  /** Whether no call needs {@link #onTick}. */
  boolean isIdle() {
    return inFlight.isEmpty()
        && !rejections.isHoldingAny()
        && pools.all().stream().allMatch(pool -> pool.waitingCount() == 0);
  }

  /** Ends all calls, since no other actor can answer them. */
  void stop() {
    List<PendingCall> calls = inFlight.removeIf(any -> true);
    pools.all().forEach(pool -> calls.addAll(pool.removeWaiting(any -> true)));
    calls.forEach(call -> call.complete(ErrorReplies.stopped(call)));
    rejections.releaseAll();
  }

  /** Returns each transition once, the earliest first; null when there is none left. */
  @Nullable CallTransition pollTransition() {
    return transitions.poll();
  }

  /** The numbers of the calls, by service. */
  Map<String, CallReport> report(long now) {
    return pools.report(now);
  }

  private void sendOrWait(PendingCall call, long now) {
    ServicePool pool = call.pool();
    if (pool.assign(call)) {
      send(call, now);
    } else if (!pool.startWaiting(call, now)) {
      refuse(call, ErrorReplies.noRoom(call, pool.waitingCount()), now);
    }
  }

  private void sendWaiting(ServicePool pool, long now) {
    for (PendingCall call : pool.assignWaiting()) {
      spans.waited(call, SpanEnd.OK);
      metrics.waited(call, now);
      send(call, now);
    }
  }

  private void send(PendingCall call, long now) {
    long correlationId = inFlight.add(call);
    try {
      ServiceRequest request = call.startRequest(correlationId, replyTo, now);
      call.holdBody(sender.send(request, call.instance(), call.outbound().proxied()));
    } catch (RuntimeException e) {
      inFlight.remove(correlationId);
      end(call, Result.IGNORED, ErrorReplies.failed(call.outbound()), now);
      throw e;
    }
  }

  private void end(PendingCall call, Result result, ServiceReply reply, long now) {
    release(call, result, now);
    metrics.ended(call, reply, now);
    call.complete(reply);
  }

  private void refuse(PendingCall call, ServiceReply reply, long now) {
    release(call, Result.IGNORED, now);
    refuseEnded(call, reply, now);
  }

  private void refuseEnded(PendingCall call, ServiceReply reply, long now) {
    metrics.ended(call, reply, now);
    rejections.refuse(call, reply, now);
  }

  private void release(PendingCall call, Result result, long now) {
    ServicePool pool = call.pool();
    if (!pool.end(call, result, now)) {
      return;
    }
    Refusal refusal = pool.breakerRefusal(now);
    if (refusal == null) {
      transitions.add(new CallTransition.ServiceResumed(pool.service()));
    } else {
      refuseWaiting(pool, any -> true, refusal, now);
    }
  }

  private void refuseWaiting(
      ServicePool pool, Predicate<PendingCall> which, Refusal refusal, long now) {
    transitions.add(new CallTransition.Refusing(refusal));
    for (PendingCall waiting : pool.removeWaiting(which)) {
      spans.waited(waiting, SpanEnd.FAILED);
      refuse(waiting, ErrorReplies.refused(waiting, refusal), now);
    }
  }
}
