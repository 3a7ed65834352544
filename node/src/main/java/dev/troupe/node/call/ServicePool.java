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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One service as this node calls it: its instances, the calls that wait for an instance, and the
 * limits and numbers of its calls. {@link CallLifecycle} decides with them. Confined to the router.
 */
final class ServicePool {
  private static final Duration WHILE_DEBUGGING = Duration.ofHours(1);

  private final String service;
  private final CallSettings settings;
  private final ServiceInstances instances;
  private final WaitingRoom waitingRoom;
  private final ByteBudget bodies;
  private final CircuitBreaker breaker;
  private final RetryBudget retries;
  private final ActionSuspensions suspensions;
  private int calls;
  private long refusedCalls;
  private long timeouts;
  private boolean called;
  private boolean debugging;

  /**
   * @param bodies the bytes of all calls without an answer, of all services together
   */
  ServicePool(
      String service,
      CallSettings settings,
      WaitingRoomSettings waitingRoom,
      ByteBudget bodies,
      long nowNanos) {
    this.service = service;
    this.settings = settings;
    this.instances = new ServiceInstances(settings.maxInFlight());
    this.waitingRoom = new WaitingRoom(waitingRoom);
    this.bodies = bodies;
    this.breaker = new CircuitBreaker(settings.circuitBreaker(), nowNanos);
    this.retries = new RetryBudget(settings, nowNanos);
    this.suspensions = new ActionSuspensions(service, settings.suspendActionFor());
  }

  String service() {
    return service;
  }

  /** How long an instance may take for a call. */
  Duration requestTimeout() {
    return debugging ? WHILE_DEBUGGING : settings.requestTimeout();
  }

  /**
   * @param debugging whether a debugger may stop an instance of this service, or of one that this
   *     service calls
   */
  void setDebugging(boolean debugging) {
    this.debugging = debugging;
  }

  /** How long a call may wait for an instance. */
  Duration waitTimeout() {
    return waitingRoom.timeout();
  }

  ActionSuspensions suspensions() {
    return suspensions;
  }

  /**
   * Stores what the registry knows now.
   *
   * @param deaths how nodes died, by address
   * @return the instances that are lost
   */
  Set<InstanceHandle> update(List<InstanceView> known, Map<String, DeathCause> deaths) {
    Set<InstanceHandle> lost = instances.update(known, deaths);
    if (instances.isEmpty()) {
      breaker.reset();
    }
    return lost;
  }

  /**
   * Admits a new call if no bound is reached. An admitted call ends with {@link #end}.
   *
   * @return null when the call is admitted
   */
  @Nullable Refusal admit(PendingCall call, long nowNanos) {
    called = true;
    if (calls >= settings.maxCalls()) {
      refusedCalls++;
      return new Refusal(
          "%s has not answered %d calls of this node yet (bulkhead.max-calls)"
              .formatted(service, calls),
          Duration.ZERO);
    }
    if (!bodies.tryAcquire(call.size())) {
      refusedCalls++;
      return new Refusal(
          "the calls of this node that have no answer yet hold %d bytes (gateway.max-call-bytes: %d)"
              .formatted(bodies.used(), bodies.limit()),
          Duration.ZERO);
    }
    Refusal suspended = suspensions.admit(call, nowNanos);
    if (suspended != null) {
      bodies.release(call.size());
      return suspended;
    }
    long permit = breaker.acquire(nowNanos);
    if (permit == CircuitBreaker.REFUSED) {
      suspensions.onEnded(call);
      bodies.release(call.size());
      return breakerRefusal(nowNanos);
    }
    call.setPermit(permit);
    calls++;
    retries.onCall();
    return null;
  }

  /**
   * An admitted call has ended.
   *
   * @return whether the circuit breaker has opened or closed by this end
   */
  boolean end(PendingCall call, CircuitBreaker.Result result, long nowNanos) {
    calls--;
    suspensions.onEnded(call);
    bodies.release(call.size());
    return breaker.record(call.permit(), result, nowNanos);
  }

  /** Null when the circuit breaker is closed. */
  @Nullable Refusal breakerRefusal(long nowNanos) {
    return breaker.state() == BreakerState.CLOSED
        ? null
        : new Refusal(
            "%s is not asked for a while: %s (circuit breaker %s)"
                .formatted(service, breaker.reason(), breaker.state().label()),
            breaker.remaining(nowNanos));
  }

  void countTimeout() {
    timeouts++;
  }

  /** Takes a retry out of the budget; false when the budget is spent. */
  boolean takeRetry(PendingCall call, long nowNanos) {
    return retries.take(call, nowNanos);
  }

  /** Takes a retry for a call that {@link #assign} has an instance for; false when it has none. */
  boolean takeRetryElsewhere(PendingCall call, long nowNanos) {
    return choose(call) != null && takeRetry(call, nowNanos);
  }

  /** Assigns an instance to a call that does not wait; false when none may take the call now. */
  boolean assign(PendingCall call) {
    InstanceHandle instance = choose(call);
    if (instance == null) {
      return false;
    }
    call.assign(instance);
    return true;
  }

  // A call may go to a full instance, which then declines it, but not while other calls wait.
  private @Nullable InstanceHandle choose(PendingCall call) {
    InstanceHandle least = instances.leastBusy(call);
    return least != null && instances.isFull(least) && !waitingRoom.isEmpty() ? null : least;
  }

  /** Lets a call wait for an instance; false when the waiting room is full. */
  boolean startWaiting(PendingCall call, long nowNanos) {
    return waitingRoom.add(call, nowNanos);
  }

  /**
   * Assigns instances that are not full to calls that wait, the longest waiting first.
   *
   * @return these calls, which wait no longer
   */
  List<PendingCall> assignWaiting() {
    return waitingRoom.isEmpty()
        ? List.of()
        : waitingRoom.removeWhile(instances::anyHasRoom, this::assignWaiting);
  }

  private boolean assignWaiting(PendingCall call) {
    InstanceHandle least = instances.leastBusy(call);
    if (least == null || instances.isFull(least)) {
      return false;
    }
    call.assign(least);
    return true;
  }

  /** Removes calls that wait. */
  List<PendingCall> removeWaiting(Predicate<PendingCall> which) {
    return waitingRoom.removeWhile(() -> true, which);
  }

  /** Removes the calls that have waited too long. */
  List<PendingCall> removeExpired(long nowNanos) {
    return waitingRoom.removeExpired(nowNanos);
  }

  int waitingCount() {
    return waitingRoom.size();
  }

  /** Why an instance says it is unhealthy, while none is ready; null if none says why. */
  @Nullable String obstacle() {
    return instances.obstacle();
  }

  /** Whether this node has ever called the service. */
  boolean wasCalled() {
    return called;
  }

  CallReport report(long nowNanos, Instant now) {
    return new CallReport(
        waitingRoom.report(nowNanos),
        new CallReport.Timeout(requestTimeout().toMillis(), timeouts),
        breaker.report(nowNanos, now),
        new CallReport.Bulkhead(calls, settings.maxCalls(), refusedCalls),
        retries.report(nowNanos),
        suspensions.report(nowNanos));
  }
}
