package dev.troupe.node.call;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.settings.CallSettings;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service and the calls that are made of it, within their bounds. Confined to
 * the router.
 */
final class ServicePool {
  private final String service;
  private final CallSettings settings;
  private final WaitingRoom room;
  private final CircuitBreaker breaker;
  private final RetryBudget retries;
  private final ActionGuard guard;
  private final ByteBudget bodies;
  private final ServiceInstances instances;
  private int calls;
  private long refusedCalls;
  private long timeouts;
  private boolean asked;

  /**
   * @param bodies of all calls without an answer, of all services together
   */
  ServicePool(
      String service,
      CallSettings settings,
      WaitingRoomSettings room,
      ByteBudget bodies,
      long nowNanos) {
    this.bodies = bodies;
    this.service = service;
    this.settings = settings;
    this.instances = new ServiceInstances(settings.maxInFlight());
    this.room = new WaitingRoom(room);
    this.breaker = new CircuitBreaker(settings.circuitBreaker(), nowNanos);
    this.retries = new RetryBudget(settings, nowNanos);
    this.guard = new ActionGuard(service, settings.suspendActionFor());
  }

  /**
   * Takes over what the registry knows now.
   *
   * @param deaths how nodes died, by address
   * @return the instances that are gone
   */
  Set<InstanceHandle> update(List<InstanceView> known, Map<String, DeathCause> deaths) {
    Set<InstanceHandle> gone = instances.update(known, deaths);
    if (instances.isEmpty()) {
      breaker.reset();
    }
    return gone;
  }

  /**
   * Lets a new call in.
   *
   * @return why not, if it must not be made
   */
  ActionGuard.@Nullable Refusal enter(PendingCall pending, long nowNanos) {
    asked = true;
    if (calls >= settings.maxCalls()) {
      refusedCalls++;
      return new ActionGuard.Refusal(
          "%s has not answered %d calls of this node yet (bulkhead.max-calls)"
              .formatted(service, calls),
          Duration.ZERO);
    }
    if (!bodies.tryAcquire(pending.size())) {
      refusedCalls++;
      return new ActionGuard.Refusal(
          "the calls of this node that have no answer yet hold %d bytes (gateway.max-call-bytes: %d)"
              .formatted(bodies.used(), bodies.limit()),
          Duration.ZERO);
    }
    ActionGuard.Refusal refused = guard.enter(pending, nowNanos);
    if (refused != null) {
      bodies.release(pending.size());
      return refused;
    }
    long permit = breaker.acquire(nowNanos);
    if (permit == CircuitBreaker.REFUSED) {
      guard.left(pending);
      bodies.release(pending.size());
      return refusal(nowNanos);
    }
    pending.begin(
        permit, CallTimes.of(pending.call(), settings.requestTimeout(), room.timeout(), nowNanos));
    calls++;
    retries.onCall();
    return null;
  }

  /**
   * A call that was let in has its answer.
   *
   * @return whether the circuit breaker has opened or closed by it
   */
  boolean leave(PendingCall pending, Verdict verdict, long nowNanos) {
    calls--;
    guard.left(pending);
    bodies.release(pending.size());
    return breaker.record(pending.permit(), verdict, nowNanos);
  }

  /** A call was not answered by its deadline. */
  void timedOut() {
    timeouts++;
  }

  /** Whether a call may be sent again, by the budget; if so, it is taken off. */
  boolean takeRetry(PendingCall pending, long nowNanos) {
    return retries.take(pending, nowNanos);
  }

  /**
   * The process that had {@code pending} has died.
   *
   * @return whether the action is suspended by it
   */
  boolean died(PendingCall pending, long nowNanos) {
    return guard.died(pending, nowNanos);
  }

  /**
   * An instance has answered {@code pending}.
   *
   * @return whether this ends the suspension of its action
   */
  boolean answered(PendingCall pending) {
    return guard.answered(pending);
  }

  /** Why an action is not called; null when it is. */
  ActionGuard.@Nullable Refusal suspension(String action, long nowNanos) {
    return guard.refusal(action, nowNanos);
  }

  /** Whether {@code pending} may be sent again, and there is somebody to send it to. */
  boolean takeMove(PendingCall pending, long nowNanos) {
    return pending.mayBeRepeated() && pick(pending) != null && takeRetry(pending, nowNanos);
  }

  /**
   * The ready instance with the fewest calls in flight, of those that did not refuse it before;
   * null when there is none, or when others wait for a place at it.
   */
  @Nullable InstanceHandle pick(PendingCall pending) {
    InstanceHandle least = instances.leastBusy(pending);
    return least != null && instances.isFull(least) && !room.isEmpty() ? null : least;
  }

  /** Whether {@code pending} found a place in the waiting room. */
  boolean admit(PendingCall pending, long nowNanos) {
    return room.admit(pending, nowNanos);
  }

  /** Gives those who wait to instances that have room for them, the longest waiting first. */
  void serveWaiting(BiConsumer<PendingCall, InstanceHandle> send) {
    if (room.isEmpty()) {
      return;
    }
    room.serve(
        instances::haveRoom,
        pending -> {
          InstanceHandle target = instances.leastBusy(pending);
          if (target == null || instances.isFull(target)) {
            return false;
          }
          send.accept(pending, target);
          return true;
        });
  }

  /** The calls that have waited for too long leave the room. */
  List<PendingCall> removeExpired(long nowNanos) {
    return room.removeExpired(nowNanos);
  }

  boolean isAnyoneWaiting() {
    return !room.isEmpty();
  }

  int waitingCount() {
    return room.size();
  }

  /** Why the circuit breaker refuses calls; null when it is closed. */
  ActionGuard.@Nullable Refusal refusal(long nowNanos) {
    return breaker.state() == BreakerState.CLOSED
        ? null
        : new ActionGuard.Refusal(
            "%s is not asked for a while: %s (circuit breaker %s)"
                .formatted(service, breaker.reason(), breaker.state().label()),
            breaker.remaining(nowNanos));
  }

  /** Those who wait and are meant leave the room. */
  List<PendingCall> removeWaiting(Predicate<PendingCall> meant) {
    List<PendingCall> removed = new ArrayList<>();
    room.serve(() -> true, pending -> meant.test(pending) && removed.add(pending));
    return removed;
  }

  /** What an instance says it is unhealthy for, while none is ready; null if none says so. */
  @Nullable String obstacle() {
    return instances.obstacle();
  }

  /** Whether this node has ever called the service. */
  boolean wasAsked() {
    return asked;
  }

  CallReport report(long nowNanos, Instant now) {
    return new CallReport(
        room.report(nowNanos),
        new CallReport.Timeout(settings.requestTimeout().toMillis(), timeouts),
        breaker.report(nowNanos, now),
        new CallReport.Bulkhead(calls, settings.maxCalls(), refusedCalls),
        retries.report(nowNanos),
        guard.report(nowNanos));
  }
}
