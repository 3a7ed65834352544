package dev.troupe.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.trace.KeepReason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KeepLimitsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final KeepLimits limits = new KeepLimits(2, 0);

  @Test
  void eachReasonHasSoManyInASecond() {
    assertThat(limits.take(KeepReason.FAILED, 0)).isTrue();
    assertThat(limits.take(KeepReason.FAILED, SECOND / 2)).isTrue();
    assertThat(limits.take(KeepReason.FAILED, SECOND - 1)).isFalse();
    assertThat(limits.take(KeepReason.SLOW, SECOND - 1)).isTrue();
  }

  @Test
  void theNextSecondHasAsMany() {
    limits.take(KeepReason.FAILED, 0);
    limits.take(KeepReason.FAILED, 0);

    assertThat(limits.take(KeepReason.FAILED, SECOND)).isTrue();
    assertThat(limits.take(KeepReason.FAILED, SECOND)).isTrue();
    assertThat(limits.take(KeepReason.FAILED, SECOND)).isFalse();
  }
}
