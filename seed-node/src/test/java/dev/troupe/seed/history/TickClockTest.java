package dev.troupe.seed.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TickClockTest {
  private static final long WALL = 1_800_000_000_000L;

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aTickLastsFiveSeconds() {
    TickClock clock = new TickClock(0, WALL, -7);
    long tick = clock.tick(-7);

    assertThat(clock.millis(tick)).isEqualTo(WALL);
    assertThat(clock.tick(seconds(4))).isEqualTo(tick);
    assertThat(clock.tick(seconds(5))).isEqualTo(tick + 1);
    assertThat(clock.exactTick(-7 + seconds(12))).isEqualTo(tick + 2.4);
  }

  @Test
  void whenTheTimeOfDayIsSetTicksStayAndTheirTimesFollow() {
    TickClock clock = new TickClock(0, WALL, 0);
    long tick = clock.tick(seconds(60));
    clock.adjust(WALL + 60_000 - 3_600_000, seconds(60));

    assertThat(clock.tick(seconds(60))).isEqualTo(tick);
    assertThat(clock.millis(tick)).isEqualTo(WALL + 60_000 - 3_600_000);
  }

  @Test
  void aSmallCorrectionChangesNothing() {
    TickClock clock = new TickClock(0, WALL, 0);
    clock.adjust(WALL + 60_000 + TickClock.TOLERANCE_MILLIS, seconds(60));

    assertThat(clock.originMillis()).isZero();
  }

  @Test
  void theNextSeedNodeGoesOn() {
    TickClock before = new TickClock(0, WALL, 0);
    long newest = before.tick(seconds(30));
    TickClock after = TickClock.after(before.originMillis(), newest, WALL + 90_000, seconds(1_000));

    assertThat(after.tick(seconds(1_000))).isEqualTo(newest + 12);
    assertThat(after.millis(newest)).isEqualTo(WALL + 30_000);
  }

  @Test
  void ifTheTimeOfDayWasSetBackMeanwhileTheNewestTickIsNow() {
    TickClock before = new TickClock(0, WALL, 0);
    long newest = before.tick(0);
    TickClock after = TickClock.after(before.originMillis(), newest, WALL - 86_400_000, 5);

    assertThat(after.tick(5)).isEqualTo(newest);
    assertThat(after.millis(newest)).isEqualTo(WALL - 86_400_000);
  }
}
