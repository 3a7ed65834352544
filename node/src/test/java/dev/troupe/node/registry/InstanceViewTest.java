package dev.troupe.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.InstanceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstanceViewTest {
  private final FakeInstance instance = FakeInstance.ready("UserService-1", null);

  @Test
  void whoIsUpReachableHeardAndSaysSoIsReady() {
    assertThat(instance.view().isReady()).isTrue();
    assertThat(instance.view().isHeard()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"UNHEALTHY", "DRAINING"})
  void whoSaysOtherwiseIsHeardButNotReady(InstanceState state) {
    assertThat(instance.saying(state).view().isReady()).isFalse();
    assertThat(instance.saying(state).view().isHeard()).isTrue();
  }

  @Test
  void whoIsDegradedIsNotReadyAndStandsInWhileItIsHeard() {
    FakeInstance degraded = instance.degraded("the disk is full");
    assertThat(degraded.view().isReady()).isFalse();
    assertThat(degraded.view().isDegraded()).isTrue();
    assertThat(degraded.silent().view().isDegraded()).isFalse();
    assertThat(degraded.saying(InstanceState.DRAINING).view().isDegraded()).isFalse();
    assertThat(instance.unhealthy("hangs").view().isDegraded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Joining, false",
    "WeaklyUp, true",
    "Up, true",
    "Leaving, false",
    "Exiting, false",
    "Down, false"
  })
  void onlyWhoseMemberIsUpIsReady(String status, boolean ready) {
    assertThat(instance.as(status).view().isReady()).isEqualTo(ready);
  }

  @Test
  void whoIsUnreachableOrSilentIsNeitherHeardNorReady() {
    assertThat(instance.unreachable().view().isHeard()).isFalse();
    assertThat(instance.unreachable().view().isReady()).isFalse();
    assertThat(instance.silent().view().isHeard()).isFalse();
    assertThat(instance.silent().view().isReady()).isFalse();
  }

  @Test
  void whoADebuggerMayHaveStoppedIsHeard() {
    assertThat(instance.silent().debuggableView().isReady()).isTrue();
    assertThat(instance.unreachable().debuggableView().isReady()).isTrue();
    assertThat(instance.as("Leaving").debuggableView().isReady()).isFalse();
  }
}
