package dev.troupe.service.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SingleHostCheckTest {
  private static final MemberView SELF = member("pekko://troupe@10.0.0.1:1", true);
  private static final MemberView NEIGHBOUR = member("pekko://troupe@10.0.0.1:2", false);
  private static final MemberView STRANGER = member("pekko://troupe@10.0.0.2:1", false);

  @Test
  void instancesOnOneHostShareTheFile() {
    assertThatCode(() -> check(instance(SELF, "A-1", 2), instance(NEIGHBOUR, "A-2", 1)))
        .doesNotThrowAnyException();
  }

  @Test
  void whoComesAfterAnInstanceOnAnotherHostIsRefused() {
    assertThatThrownBy(() -> check(instance(SELF, "A-2", 2), instance(STRANGER, "A-1", 1)))
        .hasMessageContaining("A-1")
        .hasMessageContaining("10.0.0.2")
        .hasMessageContaining("troupe.storage.url");
  }

  @Test
  void whoHasNotRegisteredYetComesAfterAll() {
    assertThatThrownBy(() -> check(instance(STRANGER, "A-1", 1)))
        .hasMessageContaining("troupe.storage.url");
  }

  @Test
  void whoWasThereFirstGoesOn() {
    assertThatCode(() -> check(instance(SELF, "A-1", 1), instance(STRANGER, "A-2", 2)))
        .doesNotThrowAnyException();
  }

  @Test
  void ofTwoAtTheSameMomentOneGoesOn() {
    assertThatCode(() -> check(instance(SELF, "A-1", 1), instance(STRANGER, "A-2", 1)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check(instance(SELF, "A-2", 1), instance(STRANGER, "A-1", 1)))
        .hasMessageContaining("A-1");
  }

  private static void check(InstanceView... instances) {
    SingleHostCheck.check(
        "A", new RegistryView(List.of(SELF, NEIGHBOUR, STRANGER), Map.of(), List.of(instances)));
  }

  private static MemberView member(String address, boolean self) {
    return new MemberView(address, Set.of("A"), "Up", true, 1, false, self);
  }

  private static InstanceView instance(MemberView member, String slot, long registered) {
    Instant at = Instant.ofEpochSecond(registered);
    return new InstanceView(
        new Registration("A", slot, 1, member.address(), 1, at, null, at, "1", null, null),
        new Heartbeat(1, 1, 0, at, InstanceState.READY, null, false, 0, 0, 0, Map.of()),
        member,
        Duration.ZERO,
        false);
  }
}
