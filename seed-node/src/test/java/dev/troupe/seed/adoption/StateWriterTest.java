package dev.troupe.seed.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateWriterTest {
  @TempDir private Path directory;

  @Test
  void everyStateIsSaved() throws IOException {
    StateFile file = new StateFile(directory);
    BehaviorTestKit<SavedState> writer = BehaviorTestKit.create(StateWriter.create(file));

    writer.run(StateFileTest.STATE);

    assertThat(file.read()).isEqualTo(StateFileTest.STATE);
  }

  @Test
  void aDiskThatRefusesOneStateIsTriedAgainWithTheNext() throws IOException {
    Path run = directory.resolve("run");
    StateFile file = new StateFile(run);
    BehaviorTestKit<SavedState> writer = BehaviorTestKit.create(StateWriter.create(file));

    writer.run(SavedState.NOTHING);
    Files.createDirectories(run);
    writer.run(StateFileTest.STATE);

    assertThat(writer.isAlive()).isTrue();
    assertThat(file.read()).isEqualTo(StateFileTest.STATE);
  }
}
