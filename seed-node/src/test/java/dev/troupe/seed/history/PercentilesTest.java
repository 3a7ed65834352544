package dev.troupe.seed.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PercentilesTest {
  private static double[] buckets(double... counts) {
    double[] all = new double[Percentiles.BUCKETS];
    System.arraycopy(counts, 0, all, 0, counts.length);
    return all;
  }

  @Test
  void durationsOfABucketAreSpreadOverIt() {
    // 100 requests of 2.5 ms to 5 ms.
    double[] buckets = buckets(0, 0, 0, 100);

    assertThat(Percentiles.of(0.5, buckets)).isCloseTo(0.00375, within(1e-9));
    assertThat(Percentiles.of(1, buckets)).isCloseTo(0.005, within(1e-9));
  }

  @Test
  void aPercentileIsInTheBucketThatItsRankFallsInto() {
    double[] buckets = buckets(90, 0, 0, 0, 0, 10);

    assertThat(Percentiles.of(0.5, buckets)).isLessThanOrEqualTo(0.0005);
    assertThat(Percentiles.of(0.95, buckets)).isCloseTo(0.0175, within(1e-9));
  }

  @Test
  void aboveAllBoundsTheHighestOneIsKnown() {
    double[] buckets = buckets();
    buckets[Percentiles.BUCKETS - 1] = 3;

    assertThat(Percentiles.of(0.5, buckets)).isEqualTo(10);
  }

  @Test
  void thereIsNoneOfNothing() {
    assertThat(Percentiles.of(0.5, buckets())).isNaN();
  }
}
