package dev.troupe.seed.slot;

import static dev.troupe.seed.slot.HealthPolicy.Verdict.HEALTHY;
import static dev.troupe.seed.slot.HealthPolicy.Verdict.HUNG;
import static dev.troupe.seed.slot.HealthPolicy.Verdict.UNWELL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.InstanceState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HealthPolicyTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HealthPolicy policy = new HealthPolicy(TIMEOUT);

  @Test
  void whoIsReadyAndHeardIsHealthy() {
    assertThat(judge(InstanceState.READY, Duration.ZERO)).isEqualTo(HEALTHY);
    assertThat(judge(InstanceState.READY, TIMEOUT)).isEqualTo(HEALTHY);
  }

  @ParameterizedTest
  @EnumSource(InstanceState.class)
  void whoIsSilentForLongerThanTheTimeoutIsHungWhateverItSaidLast(InstanceState state) {
    assertThat(judge(state, TIMEOUT.plusMillis(1))).isEqualTo(HUNG);
  }

  @Test
  void whoSaysSoIsUnwell() {
    assertThat(judge(InstanceState.UNHEALTHY, Duration.ZERO)).isEqualTo(UNWELL);
  }

  @Test
  void drainingIsNoIllness() {
    assertThat(judge(InstanceState.DRAINING, Duration.ZERO)).isEqualTo(HEALTHY);
  }

  private HealthPolicy.Verdict judge(InstanceState state, Duration silence) {
    return policy.judge(new InstanceObservation.Instance(1, state, null, silence));
  }
}
