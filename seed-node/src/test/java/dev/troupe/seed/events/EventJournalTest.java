package dev.troupe.seed.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.EventSettings;
import dev.troupe.seed.adoption.SavedSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
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
    says(SlotState.PENDING, 0, null, null);
    says(SlotState.LAUNCHING, 1, null, null);
    says(SlotState.LAUNCHING, 1, 7L, null);
    says(SlotState.RUNNING, 1, 7L, null);
    journal.run(new EventJournal.ProvenDead(ADDRESS, AT));
    says(SlotState.LAUNCHING, 2, null, 137);

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
  void theClusterIsReportedToBeToldOnceHoweverOftenItIs() throws IOException {
    journal.run(new EventJournal.ProvenDead(ADDRESS, AT));
    journal.run(new EventJournal.ProvenDead(ADDRESS, AT));

    assertThat(events())
        .containsExactly(Event.of(AT, null, EventKind.DOWN, 0, null).withAddress(ADDRESS));
  }

  @Test
  void anAddressThatWasUsedAgainCanDieAgain() throws IOException {
    says(SlotState.LAUNCHING, 1, 7L, null);
    says(SlotState.LAUNCHING, 2, null, 1);
    journal.run(new EventJournal.ProvenDead(ADDRESS, AT));
    says(SlotState.LAUNCHING, 2, 8L, null);
    says(SlotState.LAUNCHING, 3, null, 1);
    journal.run(new EventJournal.ProvenDead(ADDRESS, AT));

    assertThat(kinds()).filteredOn(EventKind.DOWN::equals).hasSize(2);
    assertThat(kinds()).startsWith(EventKind.ADOPTED);
  }

  @Test
  void whatDiedWithoutASeedNodeIsKnownByItsSlot() throws IOException {
    SavedSlot saved = new SavedSlot("A-1", 3, 7, AT, ADDRESS, true);

    journal.run(new EventJournal.FoundDead(saved, AT));
    journal.run(new EventJournal.ProvenDead(ADDRESS, AT));

    assertThat(kinds()).containsExactly(EventKind.EXITED, EventKind.DOWN);
    assertThat(events()).extracting(Event::slot).containsOnly("A-1");
    assertThat(events()).extracting(Event::generation).containsOnly(3);
  }

  @Test
  void aDiskThatRefusesIsWarnedOfOnceAndTriedAgain() throws IOException {
    Files.delete(run);
    journal.run(new EventJournal.ProvenDead(ADDRESS, AT));
    journal.run(new EventJournal.FoundDead(new SavedSlot("A-1", 3, 7, AT, "x", true), AT));

    assertThat(journal.getAllLogEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.level()).isEqualTo(Level.WARN);
              assertThat(entry.message()).contains("events are lost");
            });

    Files.createDirectories(run);
    journal.run(new EventJournal.ProvenDead("x", AT));
    assertThat(journal.isAlive()).isTrue();
    assertThat(kinds()).containsExactly(EventKind.DOWN);
  }

  private void says(SlotState state, int generation, Long pid, Integer exitCode) {
    journal.run(
        new EventJournal.SlotChanged(
            new SlotStatus(
                "A-1",
                "A",
                state,
                generation,
                pid,
                pid == null ? null : ADDRESS,
                AT,
                null,
                0,
                exitCode,
                exitCode == null ? null : "because",
                List.of())));
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
