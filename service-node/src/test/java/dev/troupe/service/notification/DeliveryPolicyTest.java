package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeliveryPolicyTest {
  @Test
  void pausesDoubleUpToTheLongest() {
    DeliveryPolicy policy = DeliveryPolicy.DEFAULT;
    assertThat(policy.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.pauseAfter(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.pauseAfter(5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(policy.pauseAfter(10)).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.pauseAfter(1_000_000)).isEqualTo(Duration.ofMinutes(5));
  }
}
