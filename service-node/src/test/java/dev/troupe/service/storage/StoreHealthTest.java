package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StoreHealthTest {
  private final StoreHealth health = new StoreHealth();

  @Test
  void aStoreIsHealthyUntilWorkFails() {
    assertThat(health.reason()).isNull();
    assertThat(health.failed("the disk is full")).isTrue();
    assertThat(health.failed("the disk is full")).isFalse();
    assertThat(health.reason()).isEqualTo("the disk is full");
  }

  @Test
  void aSmallWriteThatSucceedsSaysNothingWhileOthersFail() {
    health.failed("the disk is full");
    health.probed();
    assertThat(health.reason()).isEqualTo("the disk is full");
    health.failed("the disk is full");
    health.probed();
    assertThat(health.reason()).isEqualTo("the disk is full");
    health.probed();
    assertThat(health.reason()).isNull();
  }

  @Test
  void damageDoesNotPassWithAWrite() {
    health.damaged("page 7 is damaged");
    health.probed();
    health.probed();
    assertThat(health.reason()).isEqualTo("page 7 is damaged");
    health.foundInOrder();
    assertThat(health.reason()).isNull();
  }
}
