package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.seed.RegistryViews;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstanceObservationTest {
  private static final String A = "pekko://troupe@127.0.0.1:25001";
  private static final String B = "pekko://troupe@127.0.0.1:25002";

  @Test
  void anAddressNobodyIsAtIsNotSeen() {
    RegistryView view =
        RegistryViews.of(
            List.of(RegistryViews.member("A", B, "Up")),
            List.of(RegistryViews.instance("A-1", 1, 1, B)));

    assertThat(InstanceObservation.ofAddress(A, view)).isEqualTo(InstanceObservation.NONE);
  }

  @ParameterizedTest
  @CsvSource({"Joining, false", "WeaklyUp, true", "Up, true", "Leaving, false", "Down, false"})
  void aMemberIsUpOrNot(String status, boolean up) {
    RegistryView view = RegistryViews.of(List.of(RegistryViews.member("A", A, status)), List.of());

    assertThat(InstanceObservation.ofAddress(A, view))
        .isEqualTo(new InstanceObservation(up, Optional.empty()));
  }

  @Test
  void anInstanceIsSeenWithWhatItSaysOfItself() {
    RegistryView view =
        RegistryViews.of(
            List.of(RegistryViews.member("A", A, "Up")),
            List.of(RegistryViews.instance("A-1", 3, 1, A)));

    assertThat(InstanceObservation.ofAddress(A, view))
        .isEqualTo(
            new InstanceObservation(
                true,
                Optional.of(
                    new InstanceObservation.Instance(
                        3, InstanceState.READY, null, Duration.ZERO))));
  }

  @Test
  void thisNodeIsInAClusterWhenItIsAmongTheMembers() {
    assertThat(InstanceObservation.isSelfIn(RegistryView.EMPTY)).isFalse();
    assertThat(
            InstanceObservation.isSelfIn(
                RegistryViews.of(List.of(RegistryViews.member("A", A, "Up")), List.of())))
        .isFalse();
    assertThat(
            InstanceObservation.isSelfIn(
                RegistryViews.of(List.of(RegistryViews.self()), List.of())))
        .isTrue();
  }
}
