package dev.troupe.node.call;

import static dev.troupe.node.call.Calls.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.registry.FakeInstance;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.settings.CallSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ServicePoolTest {
  private static final ActorTestKit KIT = TestKits.realTime();

  private final ServicePool pool = pool(Calls.LENIENT);
  private final FakeInstance first = new FakeEndpoint("Echo-1", KIT).ready();
  private final FakeInstance second = new FakeEndpoint("Echo-2", KIT).ready();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void withoutInstancesThereIsNobodyToPick() {
    assertThat(pool.pick(pending("r1"))).isNull();
  }

  @Test
  void theLeastBusyIsPicked() {
    update(first, second);
    InstanceHandle busy = pick("r1");
    busy.acquire();

    InstanceHandle other = pick("r2");
    assertThat(other).isNotSameAs(busy);
    other.acquire();
    other.acquire();

    assertThat(pool.pick(pending("r3"))).isSameAs(busy);
  }

  @Test
  void whoRefusedACallIsNotPickedForItAgain() {
    update(first, second);
    PendingCall call = pending("r1");
    InstanceHandle refuser = Objects.requireNonNull(pool.pick(call));
    call.refused(refuser);

    InstanceHandle other = Objects.requireNonNull(pool.pick(call));
    assertThat(other).isNotSameAs(refuser);
    call.refused(other);

    assertThat(pool.pick(call)).isNull();
    assertThat(pool.pick(pending("r2"))).isNotNull();
  }

  @Test
  void anInstanceKeepsItsCountOverUpdatesAndIsLostWhenItIsGone() {
    update(first);
    InstanceHandle known = pick("r1");
    known.acquire();

    assertThat(update(first, second)).isEmpty();
    assertThat(known.inFlight()).isEqualTo(1);
    assertThat(pick("r2").slot()).isEqualTo("Echo-2");

    assertThat(update(second)).containsExactly(known);
  }

  @Test
  void whoSaidItIsLeavingIsNotPickedUntilTheRegistryKnowsMore() {
    update(first);
    pick("r1").leaving();

    assertThat(pool.pick(pending("r2"))).isNull();
  }

  @Test
  void anInstanceWithoutAnEndpointTakesNoCalls() {
    update(FakeInstance.ready("gateway-1", null));

    assertThat(pool.pick(pending("r1"))).isNull();
  }

  @Test
  void equalsTakeTurns() {
    update(first, second);

    assertThat(List.of(pick("r1"), pick("r2")))
        .extracting(InstanceHandle::slot)
        .containsExactlyInAnyOrder("Echo-1", "Echo-2");
  }

  @Test
  void thoseWhoWaitAreServedInTheOrderTheyCame() {
    PendingCall r1 = pending("r1");
    PendingCall r2 = pending("r2");
    pool.admit(r1, 0);
    pool.admit(r2, 0);
    assertThat(served()).as("nobody is there for them").isEmpty();

    update(first);

    assertThat(served()).containsExactly(r1, r2);
    assertThat(served()).isEmpty();
    assertThat(pool.isAnyoneWaiting()).isFalse();
  }

  @Test
  void anInstanceIsGivenNoMoreOfThoseWhoWaitThanItCanTake() {
    ServicePool narrow = pool(Calls.inFlight(1));
    PendingCall r2 = pending("r2");
    narrow.admit(pending("r1"), 0);
    narrow.admit(r2, 0);

    narrow.update(views(first), Map.of());
    List<InstanceHandle> targets = new ArrayList<>();
    narrow.serveWaiting(
        (pending, target) -> {
          target.acquire();
          targets.add(target);
        });

    assertThat(targets).hasSize(1);
    assertThat(narrow.pick(pending("r3"))).as("r2 comes first").isNull();
    targets.get(0).release();
    assertThat(served(narrow)).containsExactly(r2);
  }

  @Test
  void oneWhomAllRefusedDoesNotHoldUpThoseBehindIt() {
    update(first);
    PendingCall refused = pending("r1");
    refused.refused(pick("r0"));
    PendingCall next = pending("r2");
    pool.admit(refused, 0);
    pool.admit(next, 0);

    assertThat(served()).containsExactly(next);

    update(first, second);
    assertThat(served()).containsExactly(refused);
  }

  private Set<InstanceHandle> update(FakeInstance... instances) {
    return pool.update(views(instances), Map.of());
  }

  private static List<InstanceView> views(FakeInstance... instances) {
    return Arrays.stream(instances).map(FakeInstance::view).toList();
  }

  private InstanceHandle pick(String requestId) {
    return Objects.requireNonNull(pool.pick(pending(requestId)));
  }

  private List<PendingCall> served() {
    return served(pool);
  }

  private static List<PendingCall> served(ServicePool pool) {
    List<PendingCall> served = new ArrayList<>();
    pool.serveWaiting(
        (pending, target) -> {
          target.acquire();
          served.add(pending);
        });
    return served;
  }

  private static ServicePool pool(CallSettings calls) {
    return new ServicePool("Echo", calls, Calls.room(2, 100), new ByteBudget(1000), 0);
  }
}
