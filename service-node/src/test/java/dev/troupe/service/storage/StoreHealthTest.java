package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StoreHealthTest {
  private static final StoreHealth.Failure FULL = new StoreHealth.Failure("the disk is full", true);

  private final StoreHealth health = new StoreHealth();

  @Test
  void aStoreIsHealthyUntilWorkFails() {
    assertThat(health.failure()).isNull();
    assertThat(health.failed(FULL)).isTrue();
    assertThat(health.failed(FULL)).isFalse();
    assertThat(health.failure()).isEqualTo(FULL);
  }

  @Test
  void aSmallWriteThatSucceedsSaysNothingWhileOthersFail() {
    health.failed(FULL);
    health.probed();
    assertThat(health.failure()).isEqualTo(FULL);
    health.failed(FULL);
    health.probed();
    assertThat(health.failure()).isEqualTo(FULL);
    health.probed();
    assertThat(health.failure()).isNull();
  }

  @Test
  void damageDoesNotPassWithAWrite() {
    health.damaged("page 7 is damaged");
    health.failed(FULL);
    health.probed();
    health.probed();
    assertThat(health.failure()).isEqualTo(new StoreHealth.Failure("page 7 is damaged", false));
    health.foundInOrder();
    assertThat(health.failure()).isNull();
  }
}
