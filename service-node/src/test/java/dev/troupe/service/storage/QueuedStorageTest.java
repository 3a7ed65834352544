package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Condition;
import dev.troupe.protocol.service.IdempotentWrite;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.protocol.service.UncertainWriteException;
import dev.troupe.service.clock.WallClock;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.storage.TransactionCounter.CommitLoss;
import dev.troupe.service.storage.TransactionCounter.Step;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class QueuedStorageTest {
  @Parameter Engine engine;
  @TempDir Path directory;
  private TransactionCounter database;
  private QueuedStorage storage;
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void open() throws Exception {
    Notes.open(engine, directory).close();
    database = new TransactionCounter(Notes.database(engine, directory));
    storage =
        new QueuedStorage(
            "Notes", database, new IdempotencyStore(Notes.IDEMPOTENCY, WallClock.system()), 2, 100);
  }

  @AfterEach
  void close() {
    releaseWriter();
    storage.close();
  }

  @Test
  void whatQueuedDuringACommitIsCommittedTogether() {
    holdWriter();
    List<CompletionStage<Long>> queued =
        IntStream.range(0, 50).mapToObj(i -> storage.write(Notes.insert("note " + i))).toList();
    releaseWriter();
    queued.forEach(Notes::join);
    assertThat(Notes.all(storage)).hasSize(50);
    assertThat(database.begun).hasValue(2);
  }

  @Test
  void writesRunInTheOrderTheyWereGiven() {
    List<CompletionStage<Long>> stages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      stages.add(storage.write(Notes.insert("note " + i)));
    }
    assertThat(stages.stream().map(Notes::join)).isSorted().doesNotHaveDuplicates();
    assertThat(Notes.all(storage).get(49)).isEqualTo("note 49");
  }

  @Test
  void aFailedWriteOfABatchIsUndoneAlone() {
    holdWriter();
    CompletionStage<Long> before = storage.write(Notes.insert("before"));
    CompletionStage<Long> failing =
        storage.write(
            sql -> {
              Notes.insert(sql.connection(), "half");
              throw new IllegalStateException("second half is missing");
            });
    CompletionStage<Long> duplicate = storage.write(Notes.insert("before"));
    CompletionStage<Long> after = storage.write(Notes.insert("after"));
    releaseWriter();

    Notes.join(before);
    Notes.join(after);
    assertThatThrownBy(() -> Notes.join(failing)).hasMessageContaining("second half is missing");
    assertThatThrownBy(() -> Notes.join(duplicate))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SQLException.class);
    assertThat(Notes.all(storage)).containsExactly("before", "after");
  }

  @Test
  void aRefusedWriteOfABatchIsUndoneAloneAndStillRefused() {
    holdWriter();
    CompletionStage<Long> before = storage.write(Notes.insert("before"));
    List<OutcomeStage<Noted>> refused =
        List.of(storage.write(unkeyed(), refusing()), storage.write(keyed(), refusing()));
    CompletionStage<Long> after = storage.write(Notes.insert("after"));
    releaseWriter();

    Notes.join(before);
    Notes.join(after);
    for (OutcomeStage<Noted> outcome : refused) {
      assertThat(Notes.join(outcome))
          .isEqualTo(Outcome.refused(ReplyStatus.CONFLICT, "second half is missing"));
    }
    assertThat(Notes.all(storage)).containsExactly("before", "after");
  }

  private static CallContext unkeyed() {
    return CallContext.within(Duration.ofMinutes(1));
  }

  private static Storage.Work<Outcome<Noted>> refusing() {
    return sql -> {
      Notes.insert(sql.connection(), "half");
      return Outcome.refused(ReplyStatus.CONFLICT, "second half is missing");
    };
  }

  @Test
  void aWriteIsVisibleToReadersOnceItsStageCompletes() {
    for (int i = 0; i < 20; i++) {
      Notes.join(storage.write(Notes.insert("note " + i)));
      assertThat(Notes.all(storage)).hasSize(i + 1);
    }
  }

  @Test
  void allOfABatchFailWhenTheirCommitFails() {
    holdWriter();
    CompletionStage<Long> good = storage.write(Notes.insert("good"));
    CompletionStage<Boolean> spoiling =
        storage.write(sql -> sql.connection().createStatement().execute("ROLLBACK"));
    releaseWriter();
    assertThatThrownBy(() -> Notes.join(good))
        .hasCauseInstanceOf(SQLException.class)
        .hasMessageContaining("a write ended the transaction that it shares with others");
    assertThatThrownBy(() -> Notes.join(spoiling)).hasCauseInstanceOf(SQLException.class);
    assertThat(Notes.all(storage)).isEmpty();
    Notes.join(storage.write(Notes.insert("next")));
    assertThat(Notes.all(storage)).containsExactly("next");
  }

  @Test
  void aDatabaseThatTakesNoWritesIsUnavailableAndRecovers() throws Exception {
    database.locked = true;
    assertThatThrownBy(() -> Notes.join(storage.write(Notes.insert("locked out"))))
        .hasCauseInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("database is locked");
    assertThatThrownBy(storage::check).hasMessageContaining("database is locked");
    database.locked = false;
    await().ignoreExceptions().untilAsserted(storage::check);
    Notes.join(storage.write(Notes.insert("let in")));
    assertThat(Notes.all(storage)).containsExactly("let in");
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_IT_WAS_DONE", "AFTER_IT_WAS_DONE"})
  void aCommitThatIsNotAnsweredIsInDoubtAndNotRepeated(CommitLoss loss) {
    database.lose(loss);
    assertThatThrownBy(() -> Notes.join(storage.write(Notes.insert("in doubt"))))
        .hasCauseInstanceOf(UncertainWriteException.class)
        .hasMessageContaining("not known");
    assertThat(Notes.all(storage)).hasSize(loss == CommitLoss.AFTER_IT_WAS_DONE ? 1 : 0);
    assertThat(database.begun).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void aDriverThatFailsWithAnErrorEndsNoThread(Step step) {
    database.failOnceAt(step);
    assertThatThrownBy(() -> Notes.join(storage.write(Notes.insert("undone"))))
        .hasCauseInstanceOf(UncertainWriteException.class)
        .hasMessageContaining("a class of the driver is missing");
    assertThat(Notes.join(storage.write(Notes.insert("done")))).isPositive();

    for (int reader = 0; reader < 4; reader++) {
      database.failOnceAt(Step.BORROW);
      assertThatThrownBy(() -> Notes.all(storage)).hasCauseInstanceOf(LinkageError.class);
    }
    assertThat(Notes.all(storage)).containsExactly("done");
  }

  @Test
  void aKeyedWriteInDoubtThatWasUndoneIsDoneAgain() {
    database.lose(CommitLoss.BEFORE_IT_WAS_DONE);
    assertThat(Notes.join(storage.write(keyed(), noted())))
        .isEqualTo(Outcome.done(new Noted("once")));
    assertThat(Notes.all(storage)).containsExactly("once");
  }

  @Test
  void aKeyedWriteInDoubtThatWasDoneIsAnsweredByItsAnswer() {
    database.lose(CommitLoss.AFTER_IT_WAS_DONE);
    assertThat(Notes.join(storage.write(keyed(), noted()))).isInstanceOf(Outcome.Repeated.class);
    assertThat(Notes.all(storage)).containsExactly("once");
  }

  record Noted(String text) {}

  private static CallContext keyed() {
    return new CallContext(
        "r1",
        Deadline.after(Duration.ofMinutes(1)),
        Condition.NONE,
        new IdempotentWrite(
            "", "k1", "the request", value -> Answer.of(ReplyStatus.CREATED, value, Map.of())),
        null,
        null);
  }

  private static Storage.Work<Outcome<Noted>> noted() {
    return sql -> {
      Notes.insert(sql.connection(), "once");
      return Outcome.done(new Noted("once"));
    };
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    holdWriter();
    List<CompletionStage<Long>> queued =
        IntStream.range(0, 100).mapToObj(i -> storage.write(Notes.insert("note " + i))).toList();
    CompletionStage<Long> tooMuch = storage.write(Notes.insert("too much"));
    assertThat(tooMuch.toCompletableFuture()).isCompletedExceptionally();
    assertThatThrownBy(() -> Notes.join(tooMuch))
        .hasCauseInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("100 are waiting")
        .hasMessageContaining("max-queued");
    releaseWriter();
    queued.forEach(Notes::join);
  }

  @Test
  void closingDoesWhatWaitsAndRefusesWhatIsNew() {
    holdWriter();
    CompletionStage<Long> waiting = storage.write(Notes.insert("waiting"));
    Thread closer = new Thread(storage::close);
    closer.start();
    releaseWriter();
    assertThat(Notes.join(waiting)).isPositive();
    storage.close();
    assertThatThrownBy(() -> Notes.join(storage.write(Notes.insert("late"))))
        .hasCauseInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> Notes.join(storage.read(sql -> 1)))
        .hasCauseInstanceOf(StorageUnavailableException.class);
  }

  /** Keeps the writer busy until it is released. */
  private void holdWriter() {
    CountDownLatch entered = new CountDownLatch(1);
    storage.write(
        sql -> {
          entered.countDown();
          awaitQuietly(released);
          return true;
        });
    awaitQuietly(entered);
  }

  private void releaseWriter() {
    released.countDown();
  }

  // The writer is interrupted by close(), which must not end the work under way.
  private static void awaitQuietly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // keep waiting
      }
    }
  }
}
