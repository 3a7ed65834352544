package dev.troupe.cli.control;

import dev.troupe.protocol.control.Alert;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.RouteList;
import dev.troupe.protocol.control.ServiceRoute;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that the seed node writes. */
final class ControlJson {
  private ControlJson() {}

  static ControlFile controlFile(byte[] json) throws IOException {
    JsonObject object = JsonObject.parse(json);
    return new ControlFile(object.text("url"), object.text("token"), object.number("pid"));
  }

  static ClusterStatus status(byte[] json) throws IOException {
    JsonObject object = JsonObject.parse(json);
    List<SlotStatus> slots = new ArrayList<>();
    for (JsonObject slot : object.list("slots", JsonObject.class)) {
      slots.add(slot(slot));
    }
    List<Rollout> rollouts = new ArrayList<>();
    for (JsonObject rollout : object.list("rollouts", JsonObject.class)) {
      rollouts.add(rollout(rollout));
    }
    return new ClusterStatus(object.optionalText("gateway"), slots, rollouts);
  }

  static RouteList routes(byte[] json) throws IOException {
    List<ServiceRoute> routes = new ArrayList<>();
    for (JsonObject route : JsonObject.parse(json).list("routes", JsonObject.class)) {
      routes.add(
          new ServiceRoute(
              route.text("method"),
              route.text("path"),
              route.text("service"),
              route.text("action"),
              Math.toIntExact(route.number("ready"))));
    }
    return new RouteList(routes);
  }

  /** Empty if {@code json} is no proof. */
  static Optional<ControlProof> proof(byte[] json) {
    try {
      return Optional.of(new ControlProof(JsonObject.parse(json).text("proof")));
    } catch (IOException foreign) {
      return Optional.empty();
    }
  }

  /** The id of the rollout that has begun; 0 if the answer names none. */
  static long rolloutId(byte[] json) throws IOException {
    Long id = JsonObject.parse(json).optionalNumber("rollout");
    return id == null ? 0 : id;
  }

  /**
   * @param url of the seed node
   */
  static LoginLink loginLink(byte[] json, String url) throws IOException {
    JsonObject object = JsonObject.parse(json);
    return new LoginLink(
        url + object.text("path"), Duration.ofSeconds(object.number("valid_seconds")));
  }

  static List<Alert> alerts(byte[] json) throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (JsonObject alert : JsonObject.parse(json).list("alerts", JsonObject.class)) {
      alerts.add(
          new Alert(
              alert.text("kind"),
              alert.text("subject"),
              instant(alert.text("since")),
              alert.text("text"),
              alert.list("why", String.class)));
    }
    return List.copyOf(alerts);
  }

  static List<AlertDelivery> testResults(byte[] json) throws IOException {
    List<AlertDelivery> results = new ArrayList<>();
    for (JsonObject result : JsonObject.parse(json).list("results", JsonObject.class)) {
      results.add(new AlertDelivery(result.text("receiver"), result.optionalText("problem")));
    }
    return List.copyOf(results);
  }

  static ThreadList threads(byte[] json) throws IOException {
    JsonObject list = JsonObject.parse(json);
    List<ThreadList.Entry> threads = new ArrayList<>();
    for (JsonObject thread : list.list("threads", JsonObject.class)) {
      threads.add(
          new ThreadList.Entry(
              thread.text("name"),
              thread.list("states", String.class),
              thread.number("cpu_millis"),
              thread.flag("same"),
              thread.list("stack", String.class)));
    }
    return new ThreadList(list.number("dumps"), list.number("millis"), threads);
  }

  static String errorMessage(byte[] json) throws IOException {
    return JsonObject.parse(json).text("message");
  }

  private static Rollout rollout(JsonObject rollout) throws IOException {
    String kind = rollout.text("kind");
    String state = rollout.text("state");
    try {
      return new Rollout(
          rollout.number("id"),
          rollout.text("service"),
          Rollout.Kind.of(kind),
          Rollout.State.of(state),
          rollout.text("text"));
    } catch (IllegalArgumentException e) {
      throw new IOException("unknown kind '%s' or state '%s'".formatted(kind, state), e);
    }
  }

  private static SlotStatus slot(JsonObject slot) throws IOException {
    Long exitCode = slot.optionalNumber("exit_code");
    return new SlotStatus(
        slot.text("slot"),
        slot.text("service"),
        state(slot.text("state")),
        Math.toIntExact(slot.number("generation")),
        slot.optionalNumber("pid"),
        slot.optionalText("address"),
        instant(slot.text("since")),
        slot.optionalNumber("ready_millis"),
        Math.toIntExact(slot.number("restarts")),
        Math.toIntExact(slot.number("restarts_left")),
        toInteger(exitCode),
        slot.optionalText("reason"),
        slot.list("log", String.class));
  }

  private static @Nullable Integer toInteger(@Nullable Long number) {
    return number == null ? null : Math.toIntExact(number);
  }

  private static SlotState state(String label) throws IOException {
    for (SlotState state : SlotState.values()) {
      if (state.label().equals(label)) {
        return state;
      }
    }
    throw new IOException("unknown state '" + label + "'");
  }

  static Instant instant(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException("'" + text + "' is not an ISO time", e);
    }
  }
}
