package dev.troupe.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.EventSettings;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.adoption.StateFile;
import dev.troupe.seed.adoption.StateWriter;
import dev.troupe.seed.events.EventFile;
import dev.troupe.seed.events.EventJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EssentialActorWatcherTest {
  private static final ActorTestKit KIT = TestKits.realTime();

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @TempDir private Path run;

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void anActorThatThrowsEndsTheNodeWithItsName() throws InterruptedException {
    Behavior<String> failing =
        Behaviors.receive(String.class)
            .onAnyMessage(
                message -> {
                  throw new IllegalStateException(message);
                })
            .build();
    ActorRef<String> supervisor = KIT.spawn(failing, "failing");
    KIT.spawn(EssentialActorWatcher.create(List.of(supervisor), ends::add));

    supervisor.tell("broken");

    assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("failing");
  }

  @Test
  void journalAndStateWriterAreRestartedAndOnlyWithoutEndGivenUp() throws InterruptedException {
    ActorRef<EventJournal.Command> journal =
        KIT.spawn(
            EventJournal.create(new EventFile(run, new EventSettings(1 << 20, 1))), "journal");
    ActorRef<SavedState> writer = KIT.spawn(StateWriter.create(new StateFile(run)), "writer");
    KIT.spawn(EssentialActorWatcher.create(List.of(journal, writer), ends::add));

    // There is no slot: reporting it throws, each time.
    for (int i = 0; i < 10; i++) {
      journal.tell(new EventJournal.FoundDead(null, Instant.EPOCH));
    }
    assertThat(ends.poll(500, TimeUnit.MILLISECONDS)).isNull();
    journal.tell(new EventJournal.FoundDead(null, Instant.EPOCH));

    assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("journal");
  }
}
