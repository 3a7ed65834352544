package dev.troupe.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.PulseBatch;
import dev.troupe.protocol.registry.PulseMessage;
import dev.troupe.protocol.registry.PulseToRelay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PulseRoutesTest {
  private static final Duration SUSPECT_AFTER = Duration.ofSeconds(3);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final List<String> NODES = List.of("seed", "b", "c", "d", "e");

  private final PulseRoutes routes = new PulseRoutes(SUSPECT_AFTER);

  @Test
  void theFirstPulsesGoToAllNodesAndToTheRelay() {
    assertThat(routes.send(pulse("b", 1), seenBy("b"), 0))
        .isEqualTo(
            Map.of(
                "seed", new PulseToRelay(pulse("b", 1)),
                "c", pulse("b", 1),
                "d", pulse("b", 1),
                "e", pulse("b", 1)));
  }

  @Test
  void onceTheRelayHasPassedOnePulseOnItAloneGetsTheNext() {
    routes.send(pulse("b", 1), seenBy("b"), 0);
    routes.echoed(SECOND / 5);

    assertThat(routes.send(pulse("b", 2), seenBy("b"), SECOND))
        .isEqualTo(Map.of("seed", new PulseToRelay(pulse("b", 2))));
  }

  @Test
  void aRelayThatPassesNothingOnIsMissedAfterOnePulse() {
    routes.send(pulse("b", 1), seenBy("b"), 0);
    routes.echoed(SECOND / 5);

    Map<String, PulseMessage> lost = routes.send(pulse("b", 2), seenBy("b"), SECOND);
    Map<String, PulseMessage> next = routes.send(pulse("b", 3), seenBy("b"), 2 * SECOND);

    assertThat(lost).hasSize(1);
    assertThat(next).hasSize(4).containsEntry("c", pulse("b", 3));
  }

  @Test
  void whatOneRelayHasPassedOnSaysNothingAboutAnother() {
    routes.send(pulse("b", 1), seenBy("b"), 0);
    routes.echoed(SECOND / 5);
    RegistryView other = view("b", List.of("seed", "b", "c", "d", "seed"), Map.of());

    assertThat(routes.send(pulse("b", 2), other, SECOND)).hasSizeGreaterThan(1);
  }

  @Test
  void theRelaySendsWhatItHasCollectedWithItsOwnPulse() {
    routes.collect(pulse("b", 1));
    routes.collect(pulse("c", 7));
    routes.collect(pulse("b", 2));

    assertThat(routes.send(pulse("seed", 4), seenBy("seed"), 0))
        .hasSize(4)
        .containsEntry(
            "e", new PulseBatch(List.of(pulse("b", 2), pulse("c", 7), pulse("seed", 4))));
    assertThat(routes.send(pulse("seed", 5), seenBy("seed"), SECOND))
        .containsEntry("e", new PulseBatch(List.of(pulse("seed", 5))));
  }

  @Test
  void aFloodOfNamesIsNotKept() {
    IntStream.range(0, PulseRoutes.MOST_RELAYED + 100)
        .forEach(number -> routes.collect(pulse("s" + number, 1)));

    PulseBatch batch =
        (PulseBatch) routes.send(pulse("seed", 1), seenBy("seed"), 0).values().iterator().next();

    assertThat(batch.pulses()).hasSize(PulseRoutes.MOST_RELAYED + 1);
  }

  @Test
  void withoutASeedNodeAllNodesGetEachPulse() {
    RegistryView view = view("b", NODES, Map.of("seed", DeathCause.UNKNOWN));

    assertThat(routes.send(pulse("b", 1), view, 0)).containsOnlyKeys("c", "d", "e");
  }

  @Test
  void fewNodesNeedNoRelay() {
    RegistryView view = view("b", List.of("seed", "b", "c"), Map.of());

    assertThat(routes.send(pulse("b", 1), view, 0))
        .isEqualTo(Map.of("seed", pulse("b", 1), "c", pulse("b", 1)));
  }

  @Test
  void noRelayIsUsedWhereTheLossOfOnePulseWouldRaiseSuspicion() {
    PulseRoutes impatient = new PulseRoutes(Duration.ofSeconds(2));

    assertThat(impatient.send(pulse("b", 1), seenBy("b"), 0).values()).containsOnly(pulse("b", 1));
  }

  private static Pulse pulse(String slot, long sequence) {
    return new Pulse(slot, 1, sequence, 0, 0, 0, 0, 0);
  }

  private static RegistryView seenBy(String self) {
    return view(self, NODES, Map.of());
  }

  private static RegistryView view(
      String self, List<String> nodes, Map<String, DeathCause> deaths) {
    List<MemberView> members =
        IntStream.range(0, nodes.size())
            .mapToObj(index -> member(nodes.get(index), index, self))
            .toList();
    return new RegistryView(members, Map.of(), List.of(), Map.of(), deaths, true);
  }

  // A second seed node has an address of its own.
  private static MemberView member(String name, int index, String self) {
    String address = name.equals("seed") && index > 0 ? "seed-later" : name;
    return new MemberView(
        address,
        Set.of(name.equals("seed") ? NodeNames.SEED : "service"),
        "Up",
        true,
        index + 1,
        index == 0,
        name.equals(self));
  }
}
