package dev.troupe.seed.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.EventSettings;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.slot.LifecycleState;
import dev.troupe.seed.slot.TestStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

final class EventJournalTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ADDRESS = "pekko://troupe@127.0.0.1:25001";

  @TempDir private Path home;
  private Path run;
  private BehaviorTestKit<EventJournal.Command> journal;

  @BeforeEach
  void open() throws IOException {
    run = Files.createDirectories(home.resolve("run"));
    journal =
        BehaviorTestKit.create(
            EventJournal.create(new EventFile(run, new EventSettings(1 << 20, 1))));
  }

  @Test
  void theExitComesBeforeWhatTheClusterWasToldOfIt() throws IOException {
    says(new LifecycleState.Pending(TestStates.history(0)));
    says(new LifecycleState.Spawning(TestStates.history(1)));
    says(starting(1, 7));
    says(new LifecycleState.Running(TestStates.history(1), TestStates.ready(1, 7)));
    says(relaunched(2, 137));

    assertThat(kinds())
        .containsExactly(
            EventKind.LAUNCHED,
            EventKind.READY,
            EventKind.EXITED,
            EventKind.DOWN,
            EventKind.RELAUNCHING);
    assertThat(events().get(3).slot()).isEqualTo("A-1");
    assertThat(events().get(3).generation()).isEqualTo(1);
    assertThat(events().get(3).address()).isEqualTo(ADDRESS);
  }

  @Test
  void aWatcherThatAsksAgainIsToldEachEventOnce() {
    TestInbox<Event> watcher = TestInbox.create();
    journal.run(new EventJournal.Watch(watcher.getRef()));
    journal.run(new EventJournal.Watch(watcher.getRef()));

    journal.run(new EventJournal.ConfirmedDead(ADDRESS, null, 0, null, AT));

    assertThat(watcher.getAllReceived()).extracting(Event::kind).containsExactly(EventKind.DOWN);
  }

  @Test
  void theClusterIsReportedToBeToldOnceHoweverOftenItIs() throws IOException {
    journal.run(new EventJournal.ConfirmedDead(ADDRESS, null, 0, null, AT));
    journal.run(new EventJournal.ConfirmedDead(ADDRESS, null, 0, null, AT));

    assertThat(events())
        .containsExactly(Event.of(AT, null, EventKind.DOWN, 0, null).withAddress(ADDRESS));
  }

  @Test
  void aDeadProcessThatBecomesAMemberIsReportedOnce() throws IOException {
    says(starting(1, 7));
    says(relaunched(2, 1));
    journal.run(new EventJournal.ConfirmedDead(ADDRESS, null, 0, null, AT));

    assertThat(kinds()).filteredOn(EventKind.DOWN::equals).hasSize(1);
  }

  @Test
  void aDeadMemberThatNoSlotWatchesIsNamedIfItIsKnown() throws IOException {
    journal.run(new EventJournal.ConfirmedDead(ADDRESS, "seed-1", 2, 9L, AT));

    assertThat(events())
        .containsExactly(Event.of(AT, "seed-1", EventKind.DOWN, 2, 9L).withAddress(ADDRESS));
  }

  @Test
  void anAddressThatWasUsedAgainCanDieAgain() throws IOException {
    says(starting(1, 7));
    says(relaunched(2, 1));
    says(starting(2, 8));
    says(relaunched(3, 1));

    assertThat(kinds()).filteredOn(EventKind.DOWN::equals).hasSize(2);
    assertThat(kinds()).startsWith(EventKind.ADOPTED);
  }

  @Test
  void whatDiedWithoutASeedNodeIsKnownByItsSlot() throws IOException {
    SavedSlot saved = new SavedSlot("A-1", 3, 7, AT, null, ADDRESS, true);

    journal.run(new EventJournal.FoundDead(saved, AT));
    journal.run(new EventJournal.ConfirmedDead(ADDRESS, "A-1", 3, 7L, AT));

    assertThat(kinds()).containsExactly(EventKind.EXITED, EventKind.DOWN);
    assertThat(events()).extracting(Event::slot).containsOnly("A-1");
    assertThat(events()).extracting(Event::generation).containsOnly(3);
  }

  @Test
  void aDiskThatRefusesIsWarnedOfOnceAndTriedAgain() throws IOException {
    Files.delete(run);
    journal.run(new EventJournal.ConfirmedDead(ADDRESS, null, 0, null, AT));
    journal.run(new EventJournal.FoundDead(new SavedSlot("A-1", 3, 7, AT, null, "x", true), AT));

    assertThat(journal.getAllLogEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.level()).isEqualTo(Level.WARN);
              assertThat(entry.message()).contains("events are lost");
            });

    Files.createDirectories(run);
    journal.run(new EventJournal.ConfirmedDead("x", "A-1", 3, 7L, AT));
    assertThat(journal.isAlive()).isTrue();
    assertThat(kinds()).containsExactly(EventKind.DOWN);
  }

  private void says(LifecycleState state) {
    journal.run(new EventJournal.SlotChanged(TestStates.snapshot(state)));
  }

  private static LifecycleState starting(int generation, long pid) {
    return new LifecycleState.Starting(
        TestStates.history(generation), TestStates.process(generation, pid));
  }

  private static LifecycleState relaunched(int generation, int code) {
    return new LifecycleState.AwaitingPermit(
        TestStates.history(generation, TestStates.ended(code)));
  }

  private List<EventKind> kinds() throws IOException {
    return events().stream().map(Event::kind).toList();
  }

  private List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve(Event.FILE))) {
      events.add(Json.MAPPER.readValue(line, Event.class));
    }
    return events;
  }
}
