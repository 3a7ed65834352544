package dev.troupe.node.call;

import static dev.troupe.node.call.Calls.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.FakeInstance;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.settings.CallSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

final class ServicePoolTest {
  private final ServicePool pool = pool(Calls.LENIENT);
  private final FakeInstance first = instance("Echo-1");
  private final FakeInstance second = instance("Echo-2");

  @Test
  void withoutInstancesNothingIsAssigned() {
    assertThat(pool.assign(pending("r1"))).isFalse();
    assertThat(pool.takeRetryElsewhere(pending("r1"), 0)).isFalse();
  }

  @Test
  void theLeastBusyInstanceIsAssigned() {
    update(first, second);
    InstanceHandle busy = assigned("r1");

    InstanceHandle other = assigned("r2");
    assertThat(other).isNotSameAs(busy);
    other.acquire();

    assertThat(assigned("r3")).isSameAs(busy);
  }

  @Test
  void anInstanceThatRefusedACallIsNotAssignedToItAgain() {
    update(first, second);
    PendingCall call = pending("r1");
    assertThat(pool.assign(call)).isTrue();
    InstanceHandle refuser = call.instance();
    call.markRefused();

    assertThat(pool.assign(call)).isTrue();
    assertThat(call.instance()).isNotSameAs(refuser);
    call.markRefused();

    assertThat(pool.assign(call)).isFalse();
    assertThat(pool.assign(pending("r2"))).isTrue();
  }

  @Test
  void anInstanceKeepsItsCountOverUpdatesAndIsLostWhenItIsGone() {
    update(first);
    InstanceHandle known = assigned("r1");

    assertThat(update(first, second)).isEmpty();
    assertThat(known.inFlight()).isEqualTo(1);
    assertThat(assigned("r2").slot()).isEqualTo("Echo-2");

    assertThat(update(second)).containsExactly(known);
  }

  @Test
  void anInstanceThatSaidItIsLeavingIsNotAssignedUntilTheRegistryKnowsMore() {
    update(first);
    assigned("r1").markLeaving();

    assertThat(pool.assign(pending("r2"))).isFalse();
  }

  @Test
  void anInstanceWithoutAnEndpointTakesNoCalls() {
    update(FakeInstance.ready("gateway-1", null));

    assertThat(pool.assign(pending("r1"))).isFalse();
  }

  @Test
  void equallyBusyInstancesTakeTurns() {
    update(first, second);
    InstanceHandle once = assigned("r1");
    once.release();

    assertThat(assigned("r2")).isNotSameAs(once);
  }

  @Test
  void waitingCallsAreAssignedInTheOrderTheyCame() {
    PendingCall r1 = pending("r1");
    PendingCall r2 = pending("r2");
    startWaiting(pool, r1, r2);
    assertThat(pool.assignWaiting()).as("no instance is there for them").isEmpty();

    update(first);

    assertThat(pool.assignWaiting()).containsExactly(r1, r2);
    assertThat(pool.assignWaiting()).isEmpty();
    assertThat(pool.waitingCount()).isZero();
  }

  @Test
  void anInstanceIsAssignedNoMoreWaitingCallsThanItCanTake() {
    ServicePool narrow = pool(Calls.inFlight(1));
    PendingCall r1 = pending("r1");
    PendingCall r2 = pending("r2");
    startWaiting(narrow, r1, r2);

    narrow.update(views(first), Map.of());

    assertThat(narrow.assignWaiting()).containsExactly(r1);
    assertThat(narrow.assign(pending("r3"))).as("r2 comes first").isFalse();
    r1.releaseInstance();
    assertThat(narrow.assignWaiting()).containsExactly(r2);
  }

  @Test
  void aCallThatAllInstancesRefusedDoesNotHoldUpThoseBehindIt() {
    update(first);
    PendingCall refused = pending("r1");
    assertThat(pool.assign(refused)).isTrue();
    refused.markRefused();
    PendingCall next = pending("r2");
    startWaiting(pool, refused, next);

    assertThat(pool.assignWaiting()).containsExactly(next);

    update(first, second);
    assertThat(pool.assignWaiting()).containsExactly(refused);
  }

  private Set<InstanceHandle> update(FakeInstance... instances) {
    return pool.update(views(instances), Map.of());
  }

  private static List<InstanceView> views(FakeInstance... instances) {
    return Arrays.stream(instances).map(FakeInstance::view).toList();
  }

  private InstanceHandle assigned(String requestId) {
    PendingCall call = pending(requestId);
    assertThat(pool.assign(call)).isTrue();
    return call.instance();
  }

  private static void startWaiting(ServicePool pool, PendingCall... calls) {
    for (PendingCall call : calls) {
      assertThat(pool.startWaiting(call, 0)).isTrue();
    }
  }

  private static FakeInstance instance(String slot) {
    return FakeInstance.ready(slot, TestInbox.<ServiceRequest>create(slot).getRef());
  }

  private static ServicePool pool(CallSettings calls) {
    return Calls.pool(calls, Calls.room(2, 100));
  }
}
