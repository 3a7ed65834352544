package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmark that kills at random and then looks up every acknowledged write, cut short. */
@Tag("alone")
final class RandomKillsIT {
  @Test
  void noAcknowledgedWriteIsLostOrDoneTwice() {
    String chaos = Path.of(System.getProperty("troupe.checkout"), "bench", "chaos").toString();

    Command kills = Command.run(List.of(chaos, "kills", "--kills", "4", "--pause", "2"), Map.of());

    assertThat(kills.exitCode()).as(kills.output()).isZero();
    assertThat(kills.output())
        .containsPattern("writes +[1-9]")
        .containsPattern("never acknowledged +0");
  }
}
