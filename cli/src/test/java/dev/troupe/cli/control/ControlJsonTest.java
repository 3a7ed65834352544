package dev.troupe.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.cli.display.Slots;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlJsonTest {
  @Test
  void everyFieldOfAStatusIsReadAsItWasWritten() throws IOException {
    SlotStatus full =
        new SlotStatus(
            "UserService-1",
            "UserService",
            SlotState.BACKING_OFF,
            3,
            123L,
            "pekko://troupe@127.0.0.1:25520",
            Instant.parse("2026-01-01T00:00:00.123456789Z"),
            1900L,
            2,
            3,
            137,
            "killed \"twice\"",
            List.of("a", "\tb"));
    ClusterStatus status =
        new ClusterStatus("http://127.0.0.1:5000", List.of(full, Slots.running("seed-1", 7)));

    assertThat(ControlJson.status(Json.write(status))).isEqualTo(status);
  }

  @Test
  void everyStateIsRead() throws IOException {
    for (SlotState state : SlotState.values()) {
      SlotStatus slot =
          new SlotStatus(
              "a-1", "a", state, 0, null, null, Slots.SINCE, null, 0, 3, null, null, List.of());
      ClusterStatus status = new ClusterStatus(null, List.of(slot));

      assertThat(ControlJson.status(Json.write(status))).isEqualTo(status);
    }
  }

  @Test
  void controlFileAndErrorAreReadAsTheyWereWritten() throws IOException {
    ControlFile file = new ControlFile("http://127.0.0.1:25000", "secret", 7);

    assertThat(ControlJson.controlFile(Json.write(file))).isEqualTo(file);
    assertThat(ControlJson.errorMessage(Json.write(new ControlError("no")))).isEqualTo("no");
  }

  @Test
  void whatIsNewIsSkipped() throws IOException {
    byte[] json = "{\"slots\":[],\"later\":{\"a\":[1,2.5,true,null]}}".getBytes(UTF_8);

    assertThat(ControlJson.status(json)).isEqualTo(new ClusterStatus(null, List.of()));
  }

  @Test
  void whatIsNotAStatusIsRefused() {
    for (String json :
        List.of("", "[]", "{\"slots\":", "{\"slots\":7}", "{} {}", "{\"slots\":[1]}")) {
      assertThatThrownBy(() -> ControlJson.status(json.getBytes(UTF_8)))
          .as(json)
          .isInstanceOf(IOException.class);
    }
  }
}
