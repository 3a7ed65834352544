package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.seed.ManualClock;
import dev.troupe.seed.events.EventJournal;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

final class JournaledGateTest {
  private static final String ADDRESS = "pekko://troupe@127.0.0.1:25001";

  private final FakeClusterGate cluster = new FakeClusterGate();
  private final TestInbox<EventJournal.Command> journal = TestInbox.create();
  private final ManualClock clock = new ManualClock();
  private final JournaledGate gate = new JournaledGate(cluster, journal.getRef(), clock);

  @Test
  void theClusterIsToldAndTheJournalToo() {
    gate.proveDead(ADDRESS);

    assertThat(cluster.provenDead()).containsExactly(ADDRESS);
    assertThat(journal.getAllReceived())
        .containsExactly(new EventJournal.ProvenDead(ADDRESS, clock.instant()));
  }

  @Test
  void theRestIsTheClusters() {
    cluster.lives(7);
    gate.formCluster();

    assertThat(cluster.timesFormed()).isEqualTo(1);
    assertThat(gate.isAlive(7, Views.STARTED_AT)).isTrue();
    assertThat(gate.isAlive(8, Views.STARTED_AT)).isFalse();
    assertThat(journal.hasMessages()).isFalse();
  }
}
