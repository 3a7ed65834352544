package dev.troupe.node.registry;

import static dev.troupe.node.registry.Announced.beat;
import static dev.troupe.node.registry.Announced.registration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.GSet;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.junit.jupiter.api.Test;

/** What a stranger may write into Distributed Data harms nobody. */
final class RegistryEntriesTest {
  private static final String SLOT = "UserService-1";

  private final SelfUniqueAddress self =
      new SelfUniqueAddress(new UniqueAddress(Members.address(25_000), 1L));
  private final List<String> reports = new ArrayList<>();
  private final RegistryEntries entries = new RegistryEntries(reports::add);

  @Test
  void whatIsRightIsTaken() {
    ServiceDescriptor descriptor = new ServiceDescriptor("UserService", "1", List.of());

    assertThat(entries.registrations(map(SLOT, registration(SLOT)))).containsOnlyKeys(SLOT);
    assertThat(entries.heartbeats(map(SLOT, beat(1, 1)))).containsOnlyKeys(SLOT);
    assertThat(entries.descriptors(map("UserService", descriptor))).containsOnlyKeys("UserService");
    assertThat(entries.total("requests-X", GCounter.create().increment(self, 3))).contains(3L);
    assertThat(reports).isEmpty();
  }

  @Test
  void aValueOfTheWrongTypeIsLeftOutAndToldOnce() {
    LWWMap<String, Object> map = map(SLOT, beat(1, 1)).put(self, "UserService-2", "a String");

    assertThat(entries.heartbeats(map)).containsOnlyKeys(SLOT);
    assertThat(entries.heartbeats(map)).containsOnlyKeys(SLOT);

    assertThat(reports)
        .containsExactly("heartbeats[UserService-2] is a java.lang.String (expected: Heartbeat)");
  }

  @Test
  void dataOfTheWrongTypeIsNothing() {
    assertThat(entries.registrations(GSet.create())).isEmpty();
    assertThat(entries.total("requests-X", GSet.create())).isEmpty();

    assertThat(reports)
        .containsExactly(
            "registrations is a GSet (expected: LWWMap)",
            "requests-X is a GSet (expected: GCounter)");
  }

  @Test
  void aRegistrationThatContradictsItselfIsLeftOut() {
    Registration nameless =
        new Registration(
            "UserService", SLOT, 1, null, 1, Instant.EPOCH, null, Instant.EPOCH, "1", null, null);

    assertThat(entries.registrations(map("UserService-9", registration(SLOT)))).isEmpty();
    assertThat(entries.registrations(map("Other-1", registration("Other-1")))).isEmpty();
    assertThat(entries.registrations(map("UserService-3", registration("UserService-3", -1))))
        .isEmpty();
    assertThat(entries.registrations(map(SLOT, nameless))).isEmpty();

    assertThat(reports).hasSize(4);
  }

  @Test
  void aHeartbeatOrDescriptorOfNobodyIsLeftOut() {
    assertThat(entries.heartbeats(map(SLOT, beat(-1, 1)))).isEmpty();
    assertThat(entries.heartbeats(map("UserService-2", beat(1, -5)))).isEmpty();
    assertThat(entries.descriptors(map("X", new ServiceDescriptor("UserService", "1", List.of()))))
        .isEmpty();

    assertThat(reports).hasSize(3);
  }

  private LWWMap<String, Object> map(String key, Object value) {
    return LWWMap.<String, Object>create().put(self, key, value);
  }
}
