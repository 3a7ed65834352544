package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeliveryPolicyTest {
  private final DeliveryPolicy policy = NotificationSettings.read(ConfigFactory.empty()).policy();

  @Test
  void pausesDoubleUpToTheLongest() {
    assertThat(policy.pauseAfter(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.pauseAfter(2, 0.5)).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.pauseAfter(5, 0.5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(policy.pauseAfter(11, 0.5)).isEqualTo(Duration.ofMinutes(10));
    assertThat(policy.pauseAfter(1_000_000, 0.5)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void pausesVaryByTheirJitter() {
    assertThat(policy.pauseAfter(1, 0)).isEqualTo(Duration.ofMillis(800));
    assertThat(policy.pauseAfter(1, 1)).isEqualTo(Duration.ofMillis(1200));
  }
}
