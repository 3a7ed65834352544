package dev.troupe.protocol.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.troupe.protocol.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts read this: the names and values are a contract. */
final class ControlJsonTest {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

  private static final SlotStatus RUNNING =
      new SlotStatus(
          "UserService-1",
          "UserService",
          SlotState.RUNNING,
          2,
          123L,
          "pekko://troupe@127.0.0.1:25520",
          SINCE,
          1500L,
          1,
          3,
          137,
          "killed by signal 9",
          List.of());

  private static final SlotStatus PENDING =
      new SlotStatus(
          "seed",
          "seed",
          SlotState.PENDING,
          0,
          null,
          null,
          SINCE,
          null,
          0,
          3,
          null,
          null,
          List.of());

  private static String written(Object value) {
    return new String(Json.write(value), UTF_8);
  }

  @Test
  void aStatusIsTheGatewayAndTheSlots() throws JsonProcessingException {
    ClusterStatus status = new ClusterStatus("http://127.0.0.1:5000", List.of(RUNNING, PENDING));

    assertThat(written(status))
        .isEqualTo(
            "{\"gateway\":\"http://127.0.0.1:5000\",\"slots\":["
                + "{\"slot\":\"UserService-1\",\"service\":\"UserService\",\"state\":\"running\","
                + "\"generation\":2,\"pid\":123,\"address\":\"pekko://troupe@127.0.0.1:25520\","
                + "\"since\":\"2026-01-02T03:04:05Z\",\"ready_millis\":1500,\"restarts\":1,\"restarts_left\":3,"
                + "\"exit_code\":137,\"reason\":\"killed by signal 9\",\"log\":[]},"
                + "{\"slot\":\"seed\",\"service\":\"seed\",\"state\":\"pending\",\"generation\":0,"
                + "\"since\":\"2026-01-02T03:04:05Z\",\"restarts\":0,\"restarts_left\":3,\"log\":[]}]}");
    assertThat(Json.MAPPER.readValue(written(status), ClusterStatus.class)).isEqualTo(status);
  }

  @Test
  void withoutAGatewayThereIsNoUrl() throws JsonProcessingException {
    ClusterStatus status = new ClusterStatus(null, List.of());

    assertThat(written(status)).isEqualTo("{\"slots\":[]}");
    assertThat(Json.MAPPER.readValue(written(status), ClusterStatus.class)).isEqualTo(status);
  }

  @Test
  void aRollingRestartIsToldWithTheSlots() throws JsonProcessingException {
    ClusterStatus status =
        new ClusterStatus(
            null,
            List.of(),
            List.of(
                new Rollout(
                    3,
                    "UserService",
                    Rollout.Kind.RESTART,
                    Rollout.State.ROLLING,
                    "1 of 2 replaced")));

    assertThat(written(status))
        .isEqualTo(
            "{\"slots\":[],\"rollouts\":[{\"id\":3,\"service\":\"UserService\","
                + "\"kind\":\"restart\",\"state\":\"rolling\",\"text\":\"1 of 2 replaced\"}]}");
    assertThat(Json.MAPPER.readValue(written(status), ClusterStatus.class)).isEqualTo(status);
  }

  @Test
  void statesAreWrittenAsPeopleSayThem() throws JsonProcessingException {
    assertThat(Arrays.stream(SlotState.values()).map(SlotState::label))
        .containsExactly(
            "pending",
            "launching",
            "joining",
            "running",
            "unhealthy",
            "stopping",
            "stopped",
            "backing-off",
            "failed");
    for (SlotState state : SlotState.values()) {
      assertThat(Json.MAPPER.readValue(written(state), SlotState.class)).isEqualTo(state);
    }
  }

  @Test
  void onlyWhatLastsIsSettled() {
    assertThat(Arrays.stream(SlotState.values()).filter(SlotState::isSettled))
        .containsExactly(SlotState.RUNNING, SlotState.STOPPED, SlotState.FAILED);
  }

  @Test
  void aStateThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> Json.MAPPER.readValue("\"sleeping\"", SlotState.class))
        .isInstanceOf(JsonMappingException.class);
  }

  @Test
  void theControlFileHasTheTokenButNeverSaysIt() throws JsonProcessingException {
    ControlFile file = new ControlFile("http://127.0.0.1:4000", "secret", 42);

    assertThat(written(file))
        .isEqualTo("{\"url\":\"http://127.0.0.1:4000\",\"token\":\"secret\",\"pid\":42}");
    assertThat(Json.MAPPER.readValue(written(file), ControlFile.class)).isEqualTo(file);
    assertThat(file).hasToString("ControlFile[url=http://127.0.0.1:4000, pid=42]");
  }

  @Test
  void anEventIsWhatIsKnownOfIt() throws JsonProcessingException {
    Event event =
        Event.of(SINCE, "UserService-1", EventKind.EXITED, 2, 123L)
            .exited(137, List.of("last"))
            .by(Initiator.LAUNCHER)
            .withReason("killed by SIGKILL (exit code 137)");

    assertThat(written(event))
        .isEqualTo(
            "{\"at\":\"2026-01-02T03:04:05Z\",\"slot\":\"UserService-1\",\"kind\":\"exited\","
                + "\"generation\":2,\"pid\":123,\"exit_code\":137,\"signal\":\"SIGKILL\","
                + "\"by\":\"launcher\",\"reason\":\"killed by SIGKILL (exit code 137)\",\"log\":[\"last\"]}");
    assertThat(Json.MAPPER.readValue(written(event), Event.class)).isEqualTo(event);
  }

  @Test
  void kindsAreWrittenAsPeopleSayThem() throws JsonProcessingException {
    assertThat(EventKind.LAUNCH_FAILED.label()).isEqualTo("launch-failed");
    for (EventKind kind : EventKind.values()) {
      assertThat(Json.MAPPER.readValue(written(kind), EventKind.class)).isEqualTo(kind);
    }
    assertThat(EventKind.labelled("of a later version")).isEmpty();
  }

  @Test
  void anErrorIsItsMessage() {
    assertThat(written(new ControlError("no slot named X")))
        .isEqualTo("{\"message\":\"no slot named X\"}");
  }
}
