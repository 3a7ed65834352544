package dev.troupe.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.health.HeartbeatPublisher.Say;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.service.DegradedException;
import org.junit.jupiter.api.Test;

final class SayTest {
  @Test
  void aCheckThatPassesMakesANodeReady() {
    assertThat(Say.afterCheck(null)).isEqualTo(new Say(InstanceState.READY, null));
  }

  @Test
  void aCheckThatFailsMakesANodeUnhealthyWithTheReason() {
    assertThat(Say.afterCheck(new IllegalStateException("no disk")))
        .isEqualTo(new Say(InstanceState.UNHEALTHY, "no disk"));
  }

  @Test
  void aNodeThatCanDoPartOfItsWorkTakesRequestsThoughItIsUnhealthy() {
    assertThat(Say.afterCheck(new DegradedException("read only")))
        .isEqualTo(new Say(InstanceState.UNHEALTHY, "read only", true));
  }
}
