package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsLoaderTest {
  private static final RestartSettings DEFAULT_RESTART =
      new RestartSettings(
          RestartSettings.Policy.ALWAYS,
          3,
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          0.2);

  private static final CallSettings DEFAULT_CALLS =
      new CallSettings(
          1024,
          Duration.ofSeconds(5),
          768,
          new CircuitBreakerSettings(true, 0.5, 20, Duration.ofSeconds(10), Duration.ofSeconds(2)),
          new RetryBudgetSettings(0.2, 10),
          Duration.ofSeconds(30),
          16 << 20,
          32 << 20);

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void setUp() {
    home = new Home(directory);
  }

  @Test
  void anOrphanMayServeForEver() throws IOException {
    Files.writeString(directory.resolve(SettingsLoader.FILE), "troupe.orphan-grace = never");

    assertThat(SettingsLoader.load(directory, Map.of()).orphanGrace()).isNull();
  }

  @Test
  void withoutAFileTheDefaultsHold() {
    Settings settings = SettingsLoader.load(directory, Map.of());

    assertThat(settings)
        .isEqualTo(
            new Settings(
                directory,
                new ClusterSettings(new Endpoint("127.0.0.1", 0)),
                new GatewaySettings(
                    new Endpoint("127.0.0.1", 5000),
                    false,
                    1,
                    List.of("-Xmx128m"),
                    1 << 20,
                    24 << 20,
                    Duration.ofSeconds(1),
                    24 << 20,
                    8 << 10,
                    32 << 10,
                    1024,
                    new ClientSettings(
                        1000,
                        64,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)),
                    List.of(),
                    32 << 20,
                    32 << 20,
                    new WaitingRoomSettings(1000, 16 << 20, Duration.ofSeconds(10)),
                    new RefusalSettings(1000, Duration.ofMillis(200))),
                new SeedSettings(
                    List.of("-Xmx96m", "-XX:TieredStopAtLevel=1"), settings.seed().environment()),
                new ManagementSettings(new Endpoint("127.0.0.1", 5001)),
                DEFAULT_CALLS,
                List.of(),
                DEFAULT_RESTART,
                new HealthSettings(
                    Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(3)),
                Duration.ofSeconds(60),
                0,
                new StopSettings(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                Duration.ofMinutes(15),
                new StreamSettings(
                    256,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    1L << 30,
                    Duration.ofHours(1)),
                new StorageSettings(
                    directory.resolve("data"),
                    Duration.ofSeconds(5),
                    2,
                    10_000,
                    64 << 20,
                    new IdempotencySettings(
                        Duration.ofHours(24), 1_000_000, 100_000, Duration.ofMinutes(10))),
                new BackgroundSettings(
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    64,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    Duration.ofHours(24),
                    64 << 10,
                    Duration.ofDays(30)),
                new LogSettings(
                    LogLevel.INFO, LogLevels.NONE, LogLineFormat.TEXT, 10 << 20, 100 << 20),
                new EventSettings(1 << 20, 3),
                new AlertSettings(true, null, new Secret(""), null, null, Duration.ofHours(4)),
                new TraceSettings(true, 16_384, 1000, 5, 500, Duration.ofHours(6), null),
                new MetricsSettings(true, 500),
                ConfigFactory.empty()));
  }

  @Test
  void anEmptyFileIsAsGoodAsNone() {
    Settings none = SettingsLoader.load(directory, Map.of());

    assertThat(home.load("")).isEqualTo(none);
    assertThat(home.load("troupe {}", "pekko {}").services()).isEmpty();
  }

  @Test
  void everyKeyCanBeSet() {
    Settings settings =
        home.load(
            "troupe {",
            "  cluster { host = localhost, port = 1 }",
            "  gateway {",
            "    host = gate, port = 65535, allow-public = true, instances = 16, jvm-options = []",
            "    request-timeout = 1ms, max-body = 1B, max-header-size = 256, max-connections = 1",
            "    max-request-bytes = 2B, body-wait = 3ms, max-unread-reply-bytes = 4B",
            "    max-head-size = 257B",
            "    clients { max-connections = 5, max-pipelined = 10, head-timeout = 6ms, body-timeout = 7ms }",
            "    clients { write-timeout = 8ms, idle-timeout = 9ms }",
            "    allowed-hosts = [a.example]",
            "    waiting-room { max-requests = 0, max-bytes = 0, timeout = 20m }",
            "    refusals { per-second = 7, pause = 2s }",
            "  }",
            "  seed { jvm-options = [-Xmx64m], environment { pass = [PATH], set {" + " A = 1 } } }",
            "  management { host = \"::1\", port = 2 }",
            "  service-defaults {",
            "    instances = 2, max-in-flight = 5, request-timeout = 1h, bulkhead.max-calls = 1",
            "    circuit-breaker { enabled = false, failure-rate = 0.01, min-calls = 1 }",
            "    circuit-breaker { window = 1s, open-for = 1ms }",
            "    retry-budget { ratio = 0, min-per-second = 0 }",
            "    blocking { threads = 3, max-queued = 4 }",
            "  }",
            "  services.A.class = a.A",
            "  restart {",
            "    policy = on-failure, max-restarts = 1000, window = 1 day, ready-reset = 1s",
            "    initial-backoff = 1h, max-backoff = 1h, jitter = 1",
            "  }",
            "  health { check-interval = 1ms, heartbeat-timeout = 1h, suspect-after = 1.5s }",
            "  start-timeout = 1s, start-concurrency = 1000",
            "  stop { drain-timeout = 1 minute, grace = 2s }",
            "  orphan-grace = 24h",
            "  storage { directory = /var/data, busy-timeout = 1s, readers = 64, max-queued = 1 }",
            "  storage.idempotency { keep = 30d, max-keys = 1, max-keys-per-client = 7 }",
            "  background { lease = 1s, look = 1ms, parallel = 1000, timeout = 1h, first-pause = 1ms }",
            "  background { longest-pause = 1d, deadline = 30d, max-event-size = 1MiB, keep = 3650d }",
            "  logs { level = debug, max-file-size = 10KiB, total-size = 1024GiB }",
            "  events { max-file-size = 1GiB, files = 0 }",
            "}");

    RestartSettings restart =
        new RestartSettings(
            RestartSettings.Policy.ON_FAILURE,
            1000,
            Duration.ofDays(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            1);
    CallSettings calls =
        new CallSettings(
            5,
            Duration.ofHours(1),
            1,
            new CircuitBreakerSettings(false, 0.01, 1, Duration.ofSeconds(1), Duration.ofMillis(1)),
            new RetryBudgetSettings(0, 0),
            Duration.ofSeconds(30),
            16 << 20,
            32 << 20);
    assertThat(settings)
        .isEqualTo(
            new Settings(
                directory,
                new ClusterSettings(new Endpoint("localhost", 1)),
                new GatewaySettings(
                    new Endpoint("gate", 65535),
                    true,
                    16,
                    List.of(),
                    1,
                    2,
                    Duration.ofMillis(3),
                    4,
                    256,
                    257,
                    1,
                    new ClientSettings(
                        5,
                        10,
                        Duration.ofMillis(6),
                        Duration.ofMillis(7),
                        Duration.ofMillis(8),
                        Duration.ofMillis(9)),
                    List.of("a.example"),
                    32 << 20,
                    32 << 20,
                    new WaitingRoomSettings(0, 0, Duration.ofMinutes(20)),
                    new RefusalSettings(7, Duration.ofSeconds(2))),
                new SeedSettings(
                    List.of("-Xmx64m"), new EnvironmentSettings(List.of("PATH"), Map.of("A", "1"))),
                new ManagementSettings(new Endpoint("::1", 2)),
                calls,
                List.of(
                    new ServiceSettings(
                        "A",
                        "a.A",
                        null,
                        2,
                        List.of(),
                        List.of("-Xmx128m"),
                        EnvironmentSettings.NONE,
                        calls,
                        new BlockingSettings(3, 4),
                        restart,
                        LogLevels.NONE,
                        ConfigFactory.empty())),
                restart,
                new HealthSettings(
                    Duration.ofMillis(1), Duration.ofHours(1), Duration.ofMillis(1500)),
                Duration.ofSeconds(1),
                1000,
                new StopSettings(Duration.ofMinutes(1), Duration.ofSeconds(2)),
                Duration.ofDays(1),
                new StreamSettings(
                    256,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    1L << 30,
                    Duration.ofHours(1)),
                new StorageSettings(
                    Path.of("/var/data"),
                    Duration.ofSeconds(1),
                    64,
                    1,
                    64 << 20,
                    new IdempotencySettings(Duration.ofDays(30), 1, 7, Duration.ofMinutes(10))),
                new BackgroundSettings(
                    Duration.ofSeconds(1),
                    Duration.ofMillis(1),
                    1000,
                    Duration.ofHours(1),
                    Duration.ofMillis(1),
                    Duration.ofDays(1),
                    Duration.ofDays(30),
                    1 << 20,
                    Duration.ofDays(3650)),
                new LogSettings(
                    LogLevel.DEBUG, LogLevels.NONE, LogLineFormat.TEXT, 10 << 10, 1L << 40),
                new EventSettings(1 << 30, 0),
                new AlertSettings(true, null, new Secret(""), null, null, Duration.ofHours(4)),
                new TraceSettings(true, 16_384, 1000, 5, 500, Duration.ofHours(6), null),
                new MetricsSettings(true, 500),
                ConfigFactory.empty()));
  }

  @Test
  void aServiceOverridesWhatItNamesAndInheritsTheRest() {
    ServiceSettings service =
        home.load(
                "troupe.restart { max-restarts = 9, window = 10s }",
                "troupe.service-defaults.settings { colour = red, size = 1 }",
                "troupe.services.Greeter {",
                "  class = demo.Greeter",
                "  instances = 64",
                "  jvm-options = [-Xmx256m]",
                "  restart { policy = never, window = 20s }",
                "  settings { size = 2, nested.key = x }",
                "}")
            .service("Greeter")
            .orElseThrow();

    assertThat(service.className()).isEqualTo("demo.Greeter");
    assertThat(service.instances()).isEqualTo(64);
    assertThat(service.calls()).isEqualTo(DEFAULT_CALLS);
    assertThat(service.jvmOptions()).containsExactly("-Xmx256m");
    assertThat(service.restart().policy()).isEqualTo(RestartSettings.Policy.NEVER);
    assertThat(service.restart().maxRestarts()).isEqualTo(9);
    assertThat(service.restart().window()).hasSeconds(20);
    assertThat(service.restart().initialBackoff()).hasMillis(500);
    assertThat(service.settings().getString("colour")).isEqualTo("red");
    assertThat(service.settings().getInt("size")).isEqualTo(2);
    assertThat(service.settings().getString("nested.key")).isEqualTo("x");
  }

  @Test
  void aProgramHasDefaultsOfItsOwnAboveThoseOfServices() {
    ServiceSettings service =
        home.load(
                "troupe.service-defaults { instances = 2, jvm-options = [-Xmx1g] }",
                "troupe.program-defaults { stop-timeout = 3s }",
                "troupe.services.Legacy {",
                "  command = [python3, app.py]",
                "  routes = [/legacy]",
                "  health = /health",
                "  cwd = legacy",
                "}")
            .service("Legacy")
            .orElseThrow();

    assertThat(service.className()).isEmpty();
    assertThat(service.instances()).isEqualTo(2);
    assertThat(service.jvmOptions()).containsExactly("-Xmx48m", "-XX:TieredStopAtLevel=1");
    assertThat(service.program())
        .isEqualTo(
            new ProgramSettings(
                List.of("python3", "app.py"),
                ProgramSettings.FREE_PORT,
                List.of("/legacy"),
                "/health",
                home.directory().resolve("legacy"),
                ProgramSettings.StopSignal.TERM,
                Duration.ofSeconds(3)));
  }

  @Test
  void whatBoundsTheCallsOfAServiceIsItsOwnOrThatOfTheDefaults() {
    Settings settings =
        home.load(
            "troupe.gateway.request-timeout = 3s",
            "troupe.services {",
            "  Patient { class = a.A, request-timeout = 1m, bulkhead.max-calls = 5 }",
            "  Strict { class = a.B, circuit-breaker.failure-rate = 0.1 }",
            "}");

    assertThat(settings.calls("Patient").requestTimeout()).hasMinutes(1);
    assertThat(settings.calls("Patient").maxCalls()).isEqualTo(5);
    assertThat(settings.calls("Patient").circuitBreaker())
        .isEqualTo(DEFAULT_CALLS.circuitBreaker());
    assertThat(settings.calls("Strict").requestTimeout()).hasSeconds(3);
    assertThat(settings.calls("Strict").circuitBreaker().failureRate()).isEqualTo(0.1);
    assertThat(settings.calls("Strict").circuitBreaker().minCalls()).isEqualTo(20);
    assertThat(settings.calls("OfAnotherHome")).isEqualTo(settings.callDefaults());
    assertThat(settings.callDefaults().requestTimeout()).hasSeconds(3);
    assertThat(settings.longestCall()).hasSeconds(60 + 10);
  }

  @Test
  void servicesComeAfterWhatTheyDependOn() {
    Settings settings =
        home.load(
            "troupe.services {",
            "  A { class = a.A, depends-on = [C, B] }",
            "  B { class = a.B, depends-on = [C] }",
            "  C { class = a.C }",
            "}");

    assertThat(settings.services())
        .extracting(ServiceSettings::name)
        .containsExactly("C", "B", "A");
    assertThat(settings.service("D")).isEmpty();
  }

  @Test
  void thePekkoBlockIsPassedOn() {
    Settings settings =
        home.load("pekko.cluster { seed-node-timeout = 1s, a.\"b.c\" = ${troupe.gateway.port} }");

    assertThat(settings.pekko())
        .isEqualTo(
            ConfigFactory.parseString(
                "pekko.cluster { seed-node-timeout = 1s, a.\"b.c\" = 5000 }"));
  }

  @Test
  void directoriesAreBelowHome() {
    Settings settings = home.load("troupe.storage.directory = ../elsewhere");

    assertThat(settings.storage().directory()).isEqualTo(directory.resolveSibling("elsewhere"));
    assertThat(settings.run()).isEqualTo(directory.resolve("run"));
    assertThat(settings.logDirectory()).isEqualTo(directory.resolve("run/logs"));
    assertThat(settings.serviceJars()).isEqualTo(directory.resolve("services"));
  }

  @Test
  void aRelativeHomeBecomesAbsolute() {
    assertThat(SettingsLoader.load(Path.of("no/such/../home"), Map.of()).home())
        .isEqualTo(Path.of("no/home").toAbsolutePath());
  }
}
