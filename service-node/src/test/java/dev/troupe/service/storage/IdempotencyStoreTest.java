package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Condition;
import dev.troupe.protocol.service.IdempotentWrite;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.service.clock.HandClock;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class IdempotencyStoreTest {
  private static final Duration KEEP = Notes.IDEMPOTENCY.keep();
  private static final Duration MIN_KEEP = Duration.ofMinutes(10);
  private static final int MAX_KEYS = Notes.IDEMPOTENCY.maxKeys();

  @Parameter Engine engine;
  @TempDir Path directory;
  private final HandClock hand = new HandClock();
  private QueuedStorage storage;

  record Noted(String text) {}

  @BeforeEach
  void open() throws Exception {
    Notes.open(engine, directory).close();
    storage = reopened();
  }

  private QueuedStorage reopened() throws Exception {
    return reopened(hand);
  }

  // As it is, with a clock in the hands of the test.
  private QueuedStorage reopened(HandClock clock) throws Exception {
    return new QueuedStorage(
        "Notes",
        Notes.database(engine, directory),
        new IdempotencyStore(Notes.IDEMPOTENCY, clock.wall()),
        2,
        1000);
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void aWriteUnderAKeyThatHasAnAnswerIsNotDone() {
    Notes.join(note("k1", "once"));
    assertRepeated(note("k1", "once"), "once");
    assertThat(Notes.all(storage)).containsExactly("once");
  }

  @Test
  void theAnswerOutlivesTheProcess() throws Exception {
    Notes.join(note("k1", "once"));
    storage.close();
    storage = reopened();
    assertRepeated(note("k1", "once"), "once");
  }

  @Test
  void theTableOfAnEarlierVersionIsKeptAndLearnsColumns() throws Exception {
    Notes.join(note("k1", "once"));
    Notes.join(storage.write(execute("DROP INDEX troupe_answers_of_client")));
    Notes.join(storage.write(execute("DROP TABLE troupe_answers_count")));
    for (String column : List.of("headers", "client", "client_number")) {
      Notes.join(storage.write(execute("ALTER TABLE troupe_answers DROP COLUMN " + column)));
    }
    // Earlier versions noted the fingerprint of the migrations alone.
    Notes.join(
        storage.write(
            execute("UPDATE troupe_schema SET fingerprint = " + fingerprintOfMigrations())));
    storage.close();

    Notes.open(engine, directory).close();

    storage = reopened();
    assertThat(Notes.join(find("k1")))
        .map(StoredReply::answer)
        .contains(Answer.of(ReplyStatus.CREATED, new Noted("once"), Map.of()));
    Notes.join(note("k2", "twice"));
    assertThat(Notes.join(find("k2")))
        .map(StoredReply::answer)
        .contains(answer(new Noted("twice")));
  }

  private int fingerprintOfMigrations() throws Exception {
    String name = engine == Engine.SQLITE ? "sqlite" : "postgresql";
    return MigrationFiles.fingerprint(MigrationFiles.folderFor(name, Notes.MIGRATIONS));
  }

  private static Storage.Work<Boolean> execute(String statement) {
    return sql -> {
      try (Statement executed = sql.connection().createStatement()) {
        return executed.execute(statement);
      }
    };
  }

  @Test
  void aWriteWithoutAKeyIsDoneEachTime() {
    Notes.join(storage.write(CallContext.within(KEEP), noted("first")));
    Notes.join(storage.write(CallContext.within(KEEP), noted("second")));
    assertThat(Notes.all(storage)).containsExactly("first", "second");
    assertThat(keys()).isZero();
  }

  @Test
  void aKeyThatWasUsedForAnotherRequestIsRefused() {
    Notes.join(note("k1", "one"));
    assertThatThrownBy(() -> Notes.join(note("k1", "other")))
        .cause()
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            refusal -> assertThat(refusal.status()).isEqualTo(ReplyStatus.REFUSED))
        .hasMessageContaining("Idempotency-Key")
        .hasMessageContaining("expected:");
    assertThat(Notes.all(storage)).containsExactly("one");
  }

  @Test
  void ofManyAtATimeOneWritesWhicheverProcessTheyReach() throws Exception {
    try (QueuedStorage neighbour = reopened()) {
      List<CompletionStage<Outcome<Noted>>> all =
          IntStream.range(0, 40)
              .mapToObj(i -> note(i % 2 == 0 ? storage : neighbour, "k1", "once"))
              .toList();
      long written =
          all.stream().map(Notes::join).filter(outcome -> outcome instanceof Outcome.Done).count();
      assertThat(written).isEqualTo(1);
    }
    assertThat(Notes.all(storage)).containsExactly("once");
  }

  @Test
  void aRefusalIsNotKept() {
    Outcome<Noted> refusal = Outcome.refused(ReplyStatus.CONFLICT, "taken");
    assertThat(Notes.join(write("k1", "note", sql -> refusal))).isEqualTo(refusal);
    assertThat(Notes.join(note("k1", "note"))).isEqualTo(Outcome.done(new Noted("note")));
  }

  @Test
  void aFailureIsNotKept() {
    CompletionStage<Outcome<Noted>> failing =
        write(
            "k1",
            "note",
            sql -> {
              Notes.insert(sql.connection(), "half");
              throw new IllegalStateException("second half is missing");
            });
    assertThatThrownBy(() -> Notes.join(failing)).hasMessageContaining("second half");
    Notes.join(note("k1", "note"));
    assertThat(Notes.all(storage)).containsExactly("note");
  }

  @Test
  void whatItsCommitUndoesIsNoAnswerToAnybody() {
    CountDownLatch entered = new CountDownLatch(1);
    CompletableFuture<Boolean> released = new CompletableFuture<>();
    storage.write(
        sql -> {
          entered.countDown();
          return Notes.join(released);
        });
    awaitUninterrupted(entered);
    CompletionStage<Outcome<Noted>> first = note("k1", "once");
    CompletionStage<Outcome<Noted>> second = note("k1", "once");
    storage.write(sql -> sql.connection().createStatement().execute("ROLLBACK"));
    released.complete(true);

    assertThatThrownBy(() -> Notes.join(first)).hasCauseInstanceOf(SQLException.class);
    assertThatThrownBy(() -> Notes.join(second)).hasCauseInstanceOf(SQLException.class);
    assertThat(Notes.all(storage)).isEmpty();
    Notes.join(note("k1", "once"));
    assertThat(Notes.all(storage)).containsExactly("once");
  }

  @Test
  void anAnswerTooOldDoesNotCount() {
    Notes.join(note("k1", "first"));
    hand.pass(KEEP.minusMillis(1));
    assertRepeated(note("k1", "first"), "first");
    hand.pass(Duration.ofMillis(1));
    Notes.join(note("k1", "second"));
    assertRepeated(note("k1", "second"), "second");
    assertThat(keys()).isEqualTo(1);
  }

  @Test
  void theOldestGiveWayToTheNew() {
    for (int i = 0; i <= MAX_KEYS; i++) {
      Notes.join(note("k" + i, "note " + i));
    }
    assertThat(keys()).isEqualTo(MAX_KEYS);
    assertRepeated(note("k1", "note 1"), "note 1");
    assertThat(Notes.join(find("k0"))).isEmpty();
  }

  @Test
  void aFloodOfKeysPushesOutNoFreshAnswerOfOthers() {
    IdempotencyStore answers = flooded();
    assertThatThrownBy(() -> Notes.join(once(answers, "flood", "too many")))
        .hasCauseInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("this client sent 30 new Idempotency-Keys in the last 600 s")
        .hasMessageContaining("(expected: less than 30, storage.idempotency.max-keys / 2)");
    assertThat(isKept(answers, "mine")).isTrue();

    Notes.join(once(answers, "me", "mine, too"));
    Notes.join(once(answers, "somebody else", "theirs"));

    hand.pass(MIN_KEEP);
    Notes.join(once(answers, "flood", "later"));
    assertThat(keys()).isEqualTo(30);
  }

  @Test
  void whoFloodsPushesOutHisOwnOldAnswersAndNobodyElses() {
    IdempotencyStore answers = flooded();
    hand.pass(MIN_KEEP);
    for (int i = 0; i < 40; i++) {
      Notes.join(once(answers, "flood", "flood later " + i));
      hand.pass(MIN_KEEP);
    }
    assertThat(keys()).as("mine and the share of the flood").isEqualTo(1 + 3);
    assertThat(isKept(answers, "mine")).isTrue();
    assertThat(isKept(answers, "flood later 39")).isTrue();
  }

  @Test
  void whenAllClientsTogetherSendTooManyAllAreRefused() {
    IdempotencyStore answers = flooded();
    for (int i = 0; i < 29; i++) {
      Notes.join(once(answers, "client " + i, "from client " + i));
    }
    assertThatThrownBy(() -> Notes.join(once(answers, "new client", "too many")))
        .hasCauseInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("all clients together sent 60 new Idempotency-Keys");
  }

  /** One answer of a client, and as many fresh ones as one client may have of another. */
  private IdempotencyStore flooded() {
    IdempotencyStore answers =
        new IdempotencyStore(
            new IdempotencySettings(KEEP.multipliedBy(48), 60, 3, MIN_KEEP), hand.wall());
    Notes.join(once(answers, "me", "mine"));
    for (int i = 0; i < 30; i++) {
      Notes.join(once(answers, "flood", "flood " + i));
    }
    return answers;
  }

  private boolean isKept(IdempotencyStore answers, String key) {
    return Notes.join(storage.read(sql -> answers.find(sql.connection(), key))).isPresent();
  }

  @Test
  void aClockSetForwardMakesNoAnswerOld() {
    Notes.join(note("k1", "first"));
    hand.setForward(KEEP.multipliedBy(2));
    assertThat(Notes.join(storage.write(call("k1", "first"), noted("first"))))
        .isInstanceOf(Outcome.Repeated.class);
    Notes.join(note("k2", "other"));
    hand.pass(KEEP);
    Notes.join(note("k1", "second"));
    assertThat(Notes.all(storage)).containsExactly("first", "other", "second");
  }

  @Test
  void anAnswerOfAnInstanceWhoseClockIsAheadIsKeptNoLonger() throws Exception {
    HandClock ahead = new HandClock();
    ahead.setForward(KEEP.multipliedBy(3));
    try (QueuedStorage neighbour = reopened(ahead)) {
      Notes.join(note(neighbour, "k1", "once"));
    }
    Notes.join(note("k2", "other"));
    hand.pass(KEEP.minusMillis(1));
    assertRepeated(note("k1", "once"), "once");
    hand.pass(Duration.ofMillis(1));
    Notes.join(note("k1", "again"));
    assertThat(Notes.all(storage)).containsExactly("once", "other", "again");
  }

  @Test
  void aClockSetBackKeepsAnswersAndLeavesNoLackOfRoom() {
    IdempotencyStore answers = flooded();
    hand.pass(MIN_KEEP);
    hand.setBack(Duration.ofHours(1));
    assertThat(isKept(answers, "flood 0")).isTrue();
    Notes.join(once(answers, "flood", "at once"));
    hand.pass(MIN_KEEP);
    Notes.join(once(answers, "flood", "later"));
    assertThat(keys()).isLessThan(31);
  }

  private CompletionStage<Outcome<Noted>> once(
      IdempotencyStore answers, String client, String key) {
    IdempotentWrite write = new IdempotentWrite(client, key, key, IdempotencyStoreTest::answer);
    return storage.write(sql -> answers.once(sql, write, noted(key))).thenApply(answers::committed);
  }

  @Test
  void laterWritesTakeAwayWhatIsTooOldAFewAtATime() {
    for (int i = 0; i < MAX_KEYS; i++) {
      Notes.join(note("old" + i, "old " + i));
    }
    hand.pass(KEEP);
    Notes.join(note("new0", "new 0"));
    assertThat(keys()).isBetween(2L, (long) MAX_KEYS);
    for (int i = 1; i < 4; i++) {
      Notes.join(note("new" + i, "new " + i));
    }
    assertThat(keys()).isEqualTo(4);
  }

  private CompletionStage<Outcome<Noted>> note(String key, String text) {
    return note(storage, key, text);
  }

  private static CompletionStage<Outcome<Noted>> note(Storage at, String key, String text) {
    return at.write(call(key, text), noted(text)).stage();
  }

  private CompletionStage<Outcome<Noted>> write(
      String key, String text, Storage.Work<Outcome<Noted>> work) {
    return storage.write(call(key, text), work).stage();
  }

  private static Storage.Work<Outcome<Noted>> noted(String text) {
    return sql -> {
      Notes.insert(sql.connection(), text);
      return Outcome.done(new Noted(text));
    };
  }

  private static CallContext call(String key, String fingerprint) {
    return new CallContext(
        "r1",
        Deadline.after(Duration.ofMinutes(1)),
        Condition.NONE,
        new IdempotentWrite("", key, fingerprint, IdempotencyStoreTest::answer),
        null,
        null);
  }

  private static Answer answer(Record value) {
    return Answer.of(ReplyStatus.CREATED, value, Map.of("Location", "/notes/ü"));
  }

  private CompletionStage<Optional<StoredReply>> find(String key) {
    IdempotencyStore answers = new IdempotencyStore(Notes.IDEMPOTENCY, hand.wall());
    return storage.read(sql -> answers.find(sql.connection(), key));
  }

  private long keys() {
    return Notes.join(
        storage.read(
            sql -> {
              try (Statement statement = sql.connection().createStatement();
                  ResultSet row =
                      statement.executeQuery(
                          "SELECT (SELECT count(*) FROM troupe_answers), answers"
                              + " FROM troupe_answers_count")) {
                row.next();
                assertThat(row.getLong(2)).as("as it is counted").isEqualTo(row.getLong(1));
                return row.getLong(1);
              }
            }));
  }

  private void assertRepeated(CompletionStage<Outcome<Noted>> write, String text) {
    assertThat(Notes.join(write)).isInstanceOf(Outcome.Repeated.class);
    assertThat(Stream.of("k0", "k1").map(key -> Notes.join(find(key))).flatMap(Optional::stream))
        .extracting(StoredReply::answer)
        .contains(answer(new Noted(text)));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
