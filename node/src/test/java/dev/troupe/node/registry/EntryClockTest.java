package dev.troupe.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.RegistryWriter.EntryClock;
import org.junit.jupiter.api.Test;

final class EntryClockTest {
  private static final long NEVER_WRITTEN = 0;

  @Test
  void aLaterGenerationWinsThoughItHasWrittenLess() {
    EntryClock<String> old = new EntryClock<>(4);
    long last = NEVER_WRITTEN;
    for (int beat = 0; beat < 10_000; beat++) {
      last = old.apply(last, "beat");
    }

    assertThat(new EntryClock<String>(5).apply(NEVER_WRITTEN, "first")).isGreaterThan(last);
    assertThat(old.apply(NEVER_WRITTEN, "late"))
        .isLessThan(new EntryClock<String>(5).apply(last, "first"));
  }

  @Test
  void ofOneGenerationWhatIsWrittenLaterWins() {
    EntryClock<String> clock = new EntryClock<>(1);
    long first = clock.apply(NEVER_WRITTEN, "first");

    assertThat(clock.apply(first, "second")).isGreaterThan(first);
  }

  @Test
  void whoseGenerationIsCountedFromTheBeginningAgainComesAfterWhatItFinds() {
    long found = new EntryClock<String>(7).apply(NEVER_WRITTEN, "old");

    assertThat(new EntryClock<String>(1).apply(found, "new")).isGreaterThan(found);
  }

  @Test
  void itComesAfterWhatWasWrittenByTheTimeOfDay() {
    long found = 1_800_000_000_000L;

    assertThat(new EntryClock<String>(1).apply(found, "new")).isGreaterThan(found);
  }
}
