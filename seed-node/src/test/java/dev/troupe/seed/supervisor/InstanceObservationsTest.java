package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.seed.slot.InstanceObservation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstanceObservationsTest {
  private static final String A = "pekko://troupe@127.0.0.1:25001";
  private static final String B = "pekko://troupe@127.0.0.1:25002";

  @Test
  void anAddressNobodyIsAtIsNotSeen() {
    RegistryView view =
        Views.of(List.of(Views.member("A", B, "Up")), List.of(Views.instance("A-1", 1, 1, B)));

    assertThat(InstanceObservations.of(A, view)).isEqualTo(InstanceObservation.NONE);
  }

  @ParameterizedTest
  @CsvSource({"Joining, false", "WeaklyUp, true", "Up, true", "Leaving, false", "Down, false"})
  void aMemberIsUpOrNot(String status, boolean up) {
    RegistryView view = Views.of(List.of(Views.member("A", A, status)), List.of());

    assertThat(InstanceObservations.of(A, view))
        .isEqualTo(new InstanceObservation(up, Optional.empty()));
  }

  @Test
  void anInstanceIsSeenWithWhatItSaysOfItself() {
    RegistryView view =
        Views.of(List.of(Views.member("A", A, "Up")), List.of(Views.instance("A-1", 3, 1, A)));

    assertThat(InstanceObservations.of(A, view))
        .isEqualTo(
            new InstanceObservation(
                true,
                Optional.of(
                    new InstanceObservation.Instance(
                        3, InstanceState.READY, null, Duration.ZERO))));
  }

  @Test
  void thisNodeIsInAClusterWhenItIsAmongTheMembers() {
    assertThat(InstanceObservations.isSelfIn(RegistryView.EMPTY)).isFalse();
    assertThat(
            InstanceObservations.isSelfIn(Views.of(List.of(Views.member("A", A, "Up")), List.of())))
        .isFalse();
    assertThat(InstanceObservations.isSelfIn(Views.of(List.of(Views.self()), List.of()))).isTrue();
  }
}
