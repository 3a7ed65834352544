package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.node.registry.FakeInstance;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ServicePoolTest {
  private static final ActorTestKit KIT = TestKits.realTime();

  private final ServicePool pool = new ServicePool(new WaitingRoomSettings(2, 100));
  private final FakeInstance first = new FakeEndpoint("Echo-1", KIT).ready();
  private final FakeInstance second = new FakeEndpoint("Echo-2", KIT).ready();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void withoutInstancesThereIsNobodyToPick() {
    assertThat(pool.pick(pending("r1"))).isEmpty();
  }

  @Test
  void theLeastBusyIsPicked() {
    update(first, second);
    Target busy = pool.pick(pending("r1")).orElseThrow();
    busy.took();

    Target other = pool.pick(pending("r2")).orElseThrow();
    assertThat(other).isNotSameAs(busy);
    other.took();
    other.took();

    assertThat(pool.pick(pending("r3"))).containsSame(busy);
  }

  @Test
  void whoRefusedACallIsNotPickedForItAgain() {
    update(first, second);
    Pending call = pending("r1");
    Target refuser = pool.pick(call).orElseThrow();
    call.refused(refuser);

    Target other = pool.pick(call).orElseThrow();
    assertThat(other).isNotSameAs(refuser);
    call.refused(other);

    assertThat(pool.pick(call)).isEmpty();
    assertThat(pool.pick(pending("r2"))).isPresent();
  }

  @Test
  void anInstanceKeepsItsCountOverUpdatesAndIsLostWhenItIsGone() {
    update(first);
    Target known = pool.pick(pending("r1")).orElseThrow();
    known.took();

    assertThat(update(first, second)).isEmpty();
    assertThat(known.inFlight()).isEqualTo(1);
    assertThat(pool.pick(pending("r2")).orElseThrow().slot()).isEqualTo("Echo-2");

    assertThat(update(second)).containsExactly(known);
  }

  @Test
  void whoSaidItIsLeavingIsNotPickedUntilTheRegistryKnowsMore() {
    update(first);
    pool.pick(pending("r1")).orElseThrow().leaving();

    assertThat(pool.pick(pending("r2"))).isEmpty();
  }

  @Test
  void anInstanceWithoutAnEndpointTakesNoCalls() {
    update(FakeInstance.ready("gateway-1", null));

    assertThat(pool.pick(pending("r1"))).isEmpty();
  }

  @Test
  void theRoomIsLeftInTheOrderItWasEntered() {
    Pending r1 = pending("r1");
    Pending r2 = pending("r2");
    assertThat(pool.admit(r1)).isTrue();
    assertThat(pool.admit(r2)).isTrue();
    assertThat(pool.nextServed()).as("nobody is there for it").isEmpty();

    update(first);

    assertThat(pool.nextServed()).containsSame(r1);
    assertThat(pool.nextServed()).containsSame(r2);
    assertThat(pool.nextServed()).isEmpty();
    assertThat(pool.isAnyoneWaiting()).isFalse();
  }

  @Test
  void theRoomIsBoundInNumberAndEmptiesAgain() {
    assertThat(pool.admit(pending("r1"))).isTrue();
    assertThat(pool.admit(pending("r2"))).isTrue();
    assertThat(pool.admit(pending("r3"))).isFalse();
    assertThat(pool.waitingCount()).isEqualTo(2);

    update(first);
    pool.nextServed();

    assertThat(pool.admit(pending("r4"))).isTrue();
  }

  @Test
  void theRoomIsBoundInBytesWhichAreGivenBack() {
    Pending large = pending("r1", 100, Long.MAX_VALUE);
    assertThat(pool.admit(pending("r0", 101, Long.MAX_VALUE))).isFalse();
    assertThat(pool.admit(large)).isTrue();
    assertThat(pool.admit(pending("r2", 1, Long.MAX_VALUE))).isFalse();

    update(first);
    assertThat(pool.nextServed()).containsSame(large);

    assertThat(pool.admit(pending("r3", 100, 1000))).isTrue();
    pool.removeExpired(1000);
    assertThat(pool.admit(pending("r4", 100, Long.MAX_VALUE))).isTrue();
  }

  @Test
  void whoWaitedTooLongIsSentAwayAndNobodyElse() {
    Pending patient = pending("r1", 1, 2000);
    Pending expired = pending("r2", 1, 1000);
    pool.admit(patient);
    pool.admit(expired);

    assertThat(pool.removeExpired(999)).isEmpty();
    assertThat(pool.removeExpired(1000)).containsExactly(expired);

    assertThat(pool.waitingCount()).isEqualTo(1);
    update(first);
    assertThat(pool.nextServed()).containsSame(patient);
  }

  private Set<Target> update(FakeInstance... instances) {
    List<InstanceView> views = Arrays.stream(instances).map(FakeInstance::view).toList();
    return pool.update(views);
  }

  private static Pending pending(String requestId) {
    return pending(requestId, 1, Long.MAX_VALUE);
  }

  private static Pending pending(String requestId, int size, long deadlineMillis) {
    return new Pending(
        new OutboundCall(
            requestId,
            "Echo",
            "echo",
            true,
            Map.of(),
            Map.of(),
            JsonBytes.of("x".repeat(size)),
            deadlineMillis,
            null,
            null,
            null),
        new CompletableFuture<ServiceReply>());
  }
}
