package dev.troupe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromisedRefusalsTest {
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NO_INSTANCE =
      "{\"message\":\"no instance of OrderService could take it in time; try again\"}";

  @TempDir private Path home;
  private final List<String> journal = new ArrayList<>();
  private String settings = "";

  @Test
  void aRefusalAfterAWaitWithoutAnInstanceIsPromised() {
    at(0, "OrderService-1", EventKind.READY);
    at(5, "OrderService-1", EventKind.EXITED);
    at(17, "OrderService-1", EventKind.READY);

    assertThat(others(refusedAt(16, NO_INSTANCE))).isEmpty();
  }

  @Test
  void aRefusalAlthoughAnInstanceWasReadyMeanwhileIsNot() {
    at(0, "OrderService-1", EventKind.READY);
    at(5, "OrderService-1", EventKind.EXITED);
    at(8, "OrderService-1", EventKind.READY);

    Sample refused = refusedAt(16, NO_INSTANCE);

    assertThat(others(refused)).containsExactly(refused);
  }

  @Test
  void oneThatWasReadyForAMomentOnlyDoesNotCount() {
    at(8, "OrderService-1", EventKind.READY);
    at(8.5, "OrderService-1", EventKind.EXITED);

    assertThat(others(refusedAt(16, NO_INSTANCE))).isEmpty();
  }

  @Test
  void anInstanceOfAnotherServiceDoesNotCount() {
    at(0, "UserService-1", EventKind.READY);

    assertThat(others(refusedAt(16, NO_INSTANCE))).isEmpty();
  }

  @Test
  void aRequestThatEndedTwoProcessesIsRefusedByPromise() {
    assertThat(
            others(
                refusedAt(
                    1,
                    "A-1 and A-1 died while they had this request, which is not sent a third"
                        + " time; look at their logs")))
        .isEmpty();
  }

  @Test
  void aServiceThatAsksAnotherOneWaitsForLess() {
    at(0, "OrderService-1", EventKind.READY);
    at(10, "OrderService-1", EventKind.EXITED);

    assertThat(others(refusedAt(16, "the order was not created: " + NO_INSTANCE))).isEmpty();
    assertThat(others(refusedAt(16, NO_INSTANCE))).hasSize(1);
  }

  @Test
  void noOther503IsPromised() {
    Sample refused = refusedAt(1, "still starting: UserService");

    assertThat(others(refused)).containsExactly(refused);
  }

  @Test
  void theWaitsAreThoseOfTheSettings() {
    at(0, "OrderService-1", EventKind.READY);
    at(10, "OrderService-1", EventKind.EXITED);
    settings =
        """
        troupe.gateway.waiting-room.timeout = 3s
        troupe.gateway.request-timeout = 8s
        """;

    assertThat(others(refusedAt(14, NO_INSTANCE))).isEmpty();
    assertThat(others(refusedAt(14, "the order was not created: " + NO_INSTANCE))).isEmpty();

    settings = "troupe.gateway.request-timeout = 8s";
    assertThat(others(refusedAt(16, "the order was not created: " + NO_INSTANCE))).hasSize(1);
  }

  private List<Sample> others(Sample sample) {
    return PromisedRefusals.of(journal, BEGUN.plusSeconds(60), settings())
        .others(List.of(sample), BEGUN);
  }

  private Settings settings() {
    try {
      Files.writeString(home.resolve(SettingsLoader.FILE), settings);
      return SettingsLoader.load(home, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample refusedAt(long second, String error) {
    return new Sample(second * 1000 - 100, "POST", "/orders", "n", 503, 100, error);
  }

  private void at(double second, String slot, EventKind kind) {
    try {
      journal.add(
          Json.MAPPER.writeValueAsString(
              Event.of(BEGUN.plusMillis((long) (second * 1000)), slot, kind, 1, 1L)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
