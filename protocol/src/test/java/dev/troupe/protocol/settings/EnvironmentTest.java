package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentTest {
  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void setUp() {
    home = new Home(directory);
  }

  @Test
  void everyVariableOverridesTheFile() {
    Settings settings =
        home.load(
            Map.of(
                "SERVICE_CHECK_INTERVAL", "2",
                "MAX_RESTART_ATTEMPTS", "7",
                "HEARTBEAT_TIMEOUT", "12.5",
                "GATEWAY_HOST", "localhost",
                "GATEWAY_PORT", " 8080 ",
                "MANAGEMENT_PORT", "0",
                "LOG_LEVEL", "debug"),
            "troupe.gateway { host = other, port = 1 }",
            "troupe.logs.level = ERROR");

    assertThat(settings.health().checkInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.restart().maxRestarts()).isEqualTo(7);
    assertThat(settings.health().heartbeatTimeout()).isEqualTo(Duration.ofMillis(12_500));
    assertThat(settings.gateway().endpoint()).isEqualTo(new Endpoint("localhost", 8080));
    assertThat(settings.management().endpoint()).isEqualTo(new Endpoint("127.0.0.1", 0));
    assertThat(settings.logs().level()).isEqualTo(LogLevel.DEBUG);
  }

  @Test
  void aDurationMayHaveAUnit() {
    Settings settings = home.load(Map.of("HEARTBEAT_TIMEOUT", "1500ms"));

    assertThat(settings.health().heartbeatTimeout()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void aBlankVariableIsNone() {
    Settings settings = home.load(Map.of("GATEWAY_PORT", " ", "LOG_LEVEL", ""));

    assertThat(settings.gateway().endpoint().port()).isEqualTo(5000);
    assertThat(settings.logs().level()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void aServiceThatOverridesItselfIsLeftAlone() {
    Settings settings =
        home.load(
            Map.of("MAX_RESTART_ATTEMPTS", "7"),
            "troupe.services.A { class = a.A, restart.max-restarts = 2 }",
            "troupe.services.B.class = a.B");

    assertThat(settings.service("A").orElseThrow().restart().maxRestarts()).isEqualTo(2);
    assertThat(settings.service("B").orElseThrow().restart().maxRestarts()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GATEWAY_PORT | web | 'troupe.gateway.port' is \"web\" (expected: an integer from 0 to 65535)",
        "GATEWAY_PORT | 65536"
            + " | 'troupe.gateway.port' is \"65536\" (expected: an integer from 0 to 65535)",
        "MAX_RESTART_ATTEMPTS | -1"
            + " | 'troupe.restart.max-restarts' is \"-1\" (expected: an integer from 0 to 1000)",
        "MAX_RESTART_ATTEMPTS | 2.5"
            + " | 'troupe.restart.max-restarts' is \"2.5\" (expected: an integer from 0 to 1000)",
        "SERVICE_CHECK_INTERVAL | often | 'troupe.health.check-interval' is \"often\""
            + " (expected: a duration with its unit, from 1ms to 1h)",
        "SERVICE_CHECK_INTERVAL | 0 | 'troupe.health.check-interval' is \"0s\""
            + " (expected: a duration with its unit, from 1ms to 1h)",
        "HEARTBEAT_TIMEOUT | -5 | 'troupe.health.heartbeat-timeout' is \"-5\""
            + " (expected: a duration with its unit, from 1s to 1h)",
        "HEARTBEAT_TIMEOUT | 1.2.3 | 'troupe.health.heartbeat-timeout' is \"1.2.3s\""
            + " (expected: a duration with its unit, from 1s to 1h)",
        "LOG_LEVEL | loud | 'troupe.logs.level' is \"loud\""
            + " (expected: one of trace, debug, info, warn, error, off)",
      })
  void aBadValueIsRefusedByTheNameOfItsVariable(String variable, String value, String problem) {
    assertThat(home.problem(Map.of(variable, value)))
        .isEqualTo("environment variable " + variable + ": " + problem);
  }
}
