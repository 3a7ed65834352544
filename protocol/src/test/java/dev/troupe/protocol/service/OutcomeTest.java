package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The steps after an outcome, known now or later. */
final class OutcomeTest {
  record Count(int value) {}

  private final Outcome<Count> done = Outcome.done(new Count(1));
  private final Outcome<Count> refused = Outcome.refused(ReplyStatus.CONFLICT, "no");
  private final Outcome<Count> repeated =
      new Outcome.Repeated<>(Answer.of(ReplyStatus.OK, new Count(1), Map.of()));

  private static <T> OutcomeStage<T> later(Outcome<T> outcome) {
    return OutcomeStage.of(CompletableFuture.supplyAsync(() -> outcome));
  }

  private static <T> Outcome<T> join(Result<T> result) {
    return result.stage().toCompletableFuture().join();
  }

  @Test
  void whatIsDoneGoesOn() {
    assertThat(done.map(Count::value)).isEqualTo(Outcome.done(1));
    assertThat(done.flatMap(count -> Outcome.done("x"))).isEqualTo(Outcome.done("x"));
    assertThat(join(later(done).map(Count::value))).isEqualTo(Outcome.done(1));
    assertThat(join(later(done).flatMap(count -> Outcome.done("now"))))
        .isEqualTo(Outcome.done("now"));
    assertThat(join(later(done).flatMap(count -> later(Outcome.done("later")))))
        .isEqualTo(Outcome.done("later"));
  }

  @Test
  void whatIsRefusedOrRepeatedStaysWhatItIs() {
    for (Outcome<Count> outcome : List.of(refused, repeated)) {
      assertThat(outcome.map(OutcomeTest::never)).isEqualTo(outcome);
      assertThat(outcome.flatMap(OutcomeTest::never)).isEqualTo(outcome);
      assertThat(join(later(outcome).map(OutcomeTest::never))).isEqualTo(outcome);
      assertThat(join(later(outcome).flatMap(OutcomeTest::never))).isEqualTo(outcome);
    }
  }

  private static Outcome<Count> never(Count count) {
    throw new AssertionError("a step after " + count);
  }

  @Test
  void onlyARefusalIsReplaced() {
    assertThat(refused.onRefused(no -> Outcome.done(new Count(no.message().length()))))
        .isEqualTo(Outcome.done(new Count(2)));
    assertThat(join(later(refused).onRefused(no -> later(done)))).isEqualTo(done);
    for (Outcome<Count> outcome : List.of(done, repeated)) {
      assertThat(outcome.onRefused(no -> refused)).isEqualTo(outcome);
      assertThat(join(later(outcome).onRefused(no -> refused))).isEqualTo(outcome);
    }
  }

  @Test
  void whatFollowsAWriteIsDoneOnce() {
    List<Count> seen = new ArrayList<>();
    for (Outcome<Count> outcome : List.of(done, refused, repeated)) {
      assertThat(outcome.onDone(seen::add)).isEqualTo(outcome);
      assertThat(join(later(outcome).onDone(seen::add))).isEqualTo(outcome);
    }

    assertThat(seen).containsExactly(new Count(1), new Count(1));
  }

  @Test
  void aStepMayThrowItsOwnException() {
    assertThatThrownBy(() -> done.map(OutcomeTest::failing)).isInstanceOf(IOException.class);
  }

  private static int failing(Count count) throws IOException {
    throw new IOException("of " + count);
  }

  @Test
  void aFailureOfAStageIsThatOfTheSteps() {
    OutcomeStage<Count> failed =
        OutcomeStage.ofValue(CompletableFuture.failedStage(new IOException("lost")));

    assertThatThrownBy(() -> join(failed.map(Count::value).onRefused(no -> Outcome.done(1))))
        .hasCauseInstanceOf(IOException.class);
  }
}
