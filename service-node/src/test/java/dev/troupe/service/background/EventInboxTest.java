package dev.troupe.service.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.EventId;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.BackgroundSettings;
import dev.troupe.service.background.EventInbox.Due;
import dev.troupe.service.background.EventInbox.Failure;
import dev.troupe.service.background.EventInbox.Position;
import dev.troupe.service.background.EventLog.EventPage;
import dev.troupe.service.background.EventLog.LoggedEvent;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.queue.QueueLength;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class EventInboxTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration DEADLINE = Duration.ofHours(1);

  @Parameter Engine engine;
  @TempDir Path directory;
  private final EventInbox inbox =
      new EventInbox(
          "Board",
          new BackgroundSettings(
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              2,
              Duration.ofSeconds(1),
              PAUSE,
              Duration.ofMinutes(1),
              DEADLINE,
              1 << 10,
              Duration.ofDays(1)));
  private QueuedStorage storage;

  @BeforeEach
  void open() throws Exception {
    storage =
        ServiceStorage.open(
            "Watcher", engine.settings(directory), "db/order", directory.resolve("tmp"));
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void thePositionMovesWithTheEventsAndOnlyOnce() {
    assertThat(takeOver()).isZero();
    assertThat(add(0, event(3, "king"), event(4, "king"))).isTrue();
    assertThat(add(0, event(3, "king"), event(4, "king"))).isFalse();
    assertThat(takeOver()).isEqualTo(4);
    assertThat(due(NOW)).as("the oldest of its key").containsExactly(3L);
  }

  @Test
  void anEventWaitsLongerAfterEachFailureAndDiesAfterItsDeadline() {
    takeOver();
    add(0, event(1, "king"), event(2, "king"));

    assertThat(fail(1, 0, NOW)).isFalse();
    assertThat(due(NOW)).as("waits with all of its key").isEmpty();
    assertThat(due(NOW.plus(PAUSE))).containsExactly(1L);
    assertThat(fail(1, 1, NOW)).isFalse();
    assertThat(due(NOW.plus(PAUSE))).isEmpty();
    assertThat(due(NOW.plus(PAUSE.multipliedBy(2)))).containsExactly(1L);
    assertThat(due(NOW.minus(Duration.ofDays(1)))).as("the clock was set back").containsExactly(1L);

    assertThat(fail(1, 2, NOW.plus(DEADLINE).plusMillis(1))).isTrue();
    assertThat(due(NOW)).as("the next of its key").containsExactly(2L);
  }

  @Test
  void whatProcessesEndedWithIsHandledAloneAndDeadInTheEnd() {
    takeOver();
    add(0, event(1, "king"), event(2, "queen"));
    for (int death = 1; death < EventInbox.MOST_DEATHS; death++) {
      hold(1);
      takeOver();
      assertThat(due(NOW)).as("alone").containsExactly(1L);
      assertThat(dueBeside(held(2, "queen"))).as("not beside another").isEmpty();
    }
    hold(1);
    takeOver();
    assertThat(due(NOW)).containsExactly(2L);
  }

  @Test
  void whatIsInHandIsNotDueAndNoMoreThanTheLimitIs() {
    takeOver();
    add(0, event(1, "a"), event(2, "b"), event(3, "c"));
    assertThat(due(NOW)).containsExactly(1L, 2L);
    assertThat(dueBeside(held(1, "a"))).containsExactly(2L);
  }

  @Test
  void whatIsLeftOfAReplacedLogComesBeforeTheNewOne() {
    takeOver();
    add(0, event(1, "king"), event(2, "king"));
    done(sql -> inbox.begin(sql, new Position("other", 0)));
    add(0, event(1, "king"));

    List<Long> due = due(NOW);
    assertThat(due).hasSize(1).allMatch(id -> id < 0);
    assertThat(takeOver()).isEqualTo(1);
  }

  @Test
  void whatAnOrderlyStopLetsGoIsNotToBlame() {
    takeOver();
    add(0, event(1, "king"), event(2, "queen"));
    for (int stop = 0; stop <= EventInbox.MOST_DEATHS; stop++) {
      hold(1);
      done(
          sql -> {
            EventInbox.letGo(sql);
            return true;
          });
      takeOver();
    }
    assertThat(due(NOW)).containsExactly(1L, 2L);
  }

  @Test
  void anEventIsRemovedOnce() {
    takeOver();
    add(0, event(1, "king"));
    assertThat(remove(1)).isTrue();
    assertThat(remove(1)).isFalse();
  }

  @Test
  void theDeadAreDeletedWhenTheyAreOld() {
    takeOver();
    add(0, event(1, "king"));
    fail(1, 0, NOW.plus(DEADLINE).plusMillis(1));
    assertThat(prune(NOW.plus(DEADLINE))).isZero();
    assertThat(prune(NOW.plus(DEADLINE).plusMillis(1))).isEqualTo(1);
  }

  @Test
  void itsLengthIsThatOfWhatWaitsAndOfWhatIsDead() {
    takeOver();
    assertThat(done(inbox::length)).isEqualTo(new QueueLength(0, null, 0));

    add(0, event(1, "king"), event(2, "king"), event(3, "queen"));
    fail(1, 0, NOW.plus(DEADLINE).plusMillis(1));
    assertThat(done(inbox::length)).isEqualTo(new QueueLength(2, NOW, 1));
  }

  private static LoggedEvent event(long id, String key) {
    return new LoggedEvent(id, "Moved", key, "{}", null);
  }

  private boolean add(long position, LoggedEvent... events) {
    List<LoggedEvent> all = List.of(events);
    long last = all.get(all.size() - 1).id();
    EventPage page = new EventPage("log", all, last, last, false, List.of());
    return done(sql -> inbox.add(sql, position, page, NOW));
  }

  private List<Long> due(Instant now) {
    return done(sql -> inbox.due(sql, List.of(), 2, now)).stream().map(Due::id).toList();
  }

  private List<Long> dueBeside(Due inHand) {
    return done(sql -> inbox.due(sql, List.of(inHand), 2, NOW)).stream().map(Due::id).toList();
  }

  private void hold(long id) {
    done(
        sql -> {
          inbox.holdInHand(sql, List.of(held(id, "king")));
          return true;
        });
  }

  private long takeOver() {
    return done(inbox::takeOver).number();
  }

  private boolean remove(long id) {
    return done(sql -> EventInbox.remove(sql, new EventId("Board", id)));
  }

  private int prune(Instant before) {
    return done(sql -> EventInbox.prune(sql, before, 10));
  }

  private static Due held(long id, String key) {
    return new Due(id, "Moved", key, "{}", 0, 0, null);
  }

  private boolean fail(long id, int attempts, Instant now) {
    Failure failure = new Failure(new Due(id, "Moved", "king", "{}", attempts, 0, null), "no");
    return done(sql -> inbox.failed(sql, failure, now));
  }

  private <T> T done(Storage.Work<T> work) {
    return storage.write(work).toCompletableFuture().join();
  }
}
