package dev.troupe.seed.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.trace.TraceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CollectionRoundsTest {
  private static final TraceId FIRST = new TraceId(0, 1);
  private static final TraceId SECOND = new TraceId(0, 2);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CollectionRounds rounds = new CollectionRounds();

  @Test
  void aTraceHasEachRoundOnce() {
    rounds.begin(FIRST, 0);

    assertThat(rounds.due(10, 0)).isEmpty();
    for (Duration round : CollectionRounds.ROUNDS) {
      assertThat(rounds.due(10, round.toNanos() - 1)).isEmpty();
      assertThat(rounds.due(10, round.toNanos())).containsExactly(FIRST);
    }
    assertThat(rounds.due(10, LONG.toNanos())).isEmpty();
    assertThat(rounds.complete(CollectionRounds.COMPLETE.toNanos() - 1)).isEmpty();
    assertThat(rounds.complete(CollectionRounds.COMPLETE.toNanos())).containsExactly(FIRST);
    assertThat(rounds.isEmpty()).isTrue();
  }

  @Test
  void whatIsTooMuchAtOnceComesTheNextTime() {
    rounds.begin(FIRST, 0);
    rounds.begin(SECOND, 0);
    long all = LONG.toNanos();

    for (int i = 0; i < CollectionRounds.ROUNDS.size(); i++) {
      assertThat(rounds.due(1, all)).containsExactly(FIRST);
    }
    assertThat(rounds.due(1, all)).containsExactly(SECOND);
  }

  @Test
  void aTraceThatIsNotKeptAnyMoreHasNone() {
    rounds.begin(FIRST, 0);
    rounds.retain(SECOND::equals);

    assertThat(rounds.isEmpty()).isTrue();
  }
}
