package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happened is told afterwards, by whoever asks. */
@OnSharedCluster
final class EventsIT {
  private static final String SLOT = "NotificationService-1";

  @Test
  void aKilledProcessIsInTheJournalAndExplained(Cluster cluster) {
    SlotStatus adoptedOrNot = cluster.awaitRunning(SLOT, -1);
    // By order, so that it is a child of this seed node: only of those the exit code is seen.
    Command restart = cluster.run("restart", SLOT);
    assertThat(restart.exitCode()).as(restart.output()).isZero();
    SlotStatus before = cluster.slot(SLOT);
    assertThat(before.state()).as("it waits for the end").isEqualTo(SlotState.RUNNING);
    assertThat(before.pid()).isNotEqualTo(adoptedOrNot.pid());
    cluster.signal("KILL", pid(before));
    SlotStatus after = cluster.awaitRunning(SLOT, pid(before));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(since(before, events(cluster, SLOT)))
                    .extracting(Event::kind)
                    .containsExactly(
                        EventKind.READY,
                        EventKind.EXITED,
                        EventKind.DOWN,
                        EventKind.RELAUNCHING,
                        EventKind.LAUNCHED,
                        EventKind.READY));
    List<Event> events = since(before, events(cluster, SLOT));
    assertThat(events.get(1).signal()).isEqualTo("SIGKILL");
    assertThat(events.get(1).generation()).isEqualTo(before.generation());
    assertThat(events.get(5).pid()).isEqualTo(after.pid());

    Command lines = cluster.run("events", "NotificationService");
    assertThat(lines.exitCode()).isZero();
    assertThat(lines.output())
        .contains(
            "pid %d, generation %d: killed by SIGKILL"
                .formatted(before.pid(), before.generation()));

    Command why = cluster.run("why", SLOT);
    assertThat(why.exitCode()).as(why.output()).isZero();
    assertThat(why.output())
        .contains(
            "%s runs (pid %d, generation %d)".formatted(SLOT, after.pid(), after.generation()),
            "generation %d (pid %d) was killed by SIGKILL"
                .formatted(before.generation(), before.pid()),
            "it was relaunched at once and ready");
  }

  @Test
  void theSeedNodeIsInTheJournalToo(Cluster cluster) {
    SlotStatus seed = cluster.awaitRunning("seed-1", -1);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(events(cluster, "seed-1"))
                    .filteredOn(event -> pidOf(event) == pid(seed))
                    .extracting(Event::kind)
                    .containsExactly(EventKind.LAUNCHED, EventKind.READY));
    assertThat(cluster.run("why", "seed-1").output())
        .startsWith("seed-1 runs (pid %d, generation %d)".formatted(seed.pid(), seed.generation()));
  }

  @Test
  void anUnknownSlotIsAnsweredWithTheNearest(Cluster cluster) {
    Command why = cluster.run("why", "NotificationServise-1");

    assertThat(why.exitCode()).isEqualTo(6);
    assertThat(why.output()).contains("did you mean '" + SLOT + "'?");
  }

  /** From when the process of {@code slot} was ready. */
  private static List<Event> since(SlotStatus slot, List<Event> events) {
    int from = 0;
    while (from < events.size()
        && !(events.get(from).kind() == EventKind.READY && pid(slot) == pidOf(events.get(from)))) {
      from++;
    }
    return events.subList(from, events.size());
  }

  private static long pid(SlotStatus slot) {
    assertThat(slot.pid()).isNotNull();
    return slot.pid();
  }

  private static long pidOf(Event event) {
    return event.pid() == null ? -1 : event.pid();
  }

  private static List<Event> events(Cluster cluster, String slot) {
    Command json = cluster.run("events", slot, "--json", "-n", "1000");
    assertThat(json.exitCode()).as(json.output()).isZero();
    List<Event> events = new ArrayList<>();
    for (String line : json.output().lines().toList()) {
      events.add(read(line));
    }
    return events;
  }

  private static Event read(String line) {
    try {
      return Json.MAPPER.readValue(line, Event.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
