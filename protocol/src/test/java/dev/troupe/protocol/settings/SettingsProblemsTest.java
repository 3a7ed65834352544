package dev.troupe.protocol.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is told about a file that cannot be used. */
final class SettingsProblemsTest {
  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void setUp() {
    home = new Home(directory);
  }

  @Test
  void anUnknownKeyIsNamedWithItsPlaceAndTheNearestOne() {
    assertThat(home.problem("troupe {", "  gateway {", "    prot = 5000", "  }", "}"))
        .isEqualTo(
            "application.conf:3: unknown key 'troupe.gateway.prot'; did you mean 'port'?"
                + " (troupe.gateway has: host, port, allow-public, instances, jvm-options,"
                + " max-body, max-request-bytes, body-wait,"
                + " max-unread-reply-bytes, max-header-size, max-head-size, max-connections, clients, allowed-hosts, max-call-bytes,"
                + " max-reply-bytes, waiting-room, refusals, request-timeout)");
  }

  @Test
  void aKeyThatIsNearNoneJustGetsTheList() {
    assertThat(home.problem("troupe.stop.colour = red"))
        .isEqualTo(
            "application.conf:1: unknown key 'troupe.stop.colour'"
                + " (troupe.stop has: drain-timeout, grace)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gatway.port = 1                   | troupe.gatway",
        "cluster.hots = x                  | troupe.cluster.hots",
        "gateway.x = 1                     | troupe.gateway.x",
        "gateway.waiting-room.x = 1        | troupe.gateway.waiting-room.x",
        "seed.port = 1                     | troupe.seed.port",
        "restart.max = 1                   | troupe.restart.max",
        "health.x = 1                      | troupe.health.x",
        "stop.x = 1                        | troupe.stop.x",
        "storage.uri = x                   | troupe.storage.uri",
        "logs.x = 1                        | troupe.logs.x",
        "service-defaults.x = 1            | troupe.service-defaults.x",
        "service-defaults.restart.x = 1    | troupe.service-defaults.restart.x",
        "services.A { class = x, x = 1 }   | troupe.services.A.x",
        "services.A { class = x, restart.x = 1 } | troupe.services.A.restart.x",
      })
  void noLevelTakesUnknownKeys(String line, String path) {
    assertThat(home.problem("# a comment", "troupe." + line))
        .startsWith("application.conf:2: unknown key '" + path + "'");
  }

  @Test
  void theFileHasTwoBlocks() {
    assertThat(home.problem("", "Troupe.gateway.port = 1"))
        .isEqualTo(
            "application.conf:2: unknown key 'Troupe'; did you mean 'troupe'?"
                + " (the file has two blocks: troupe and pekko)");
    assertThat(home.problem("gateway.port = 1"))
        .isEqualTo(
            "application.conf:1: unknown key 'gateway'"
                + " (the file has two blocks: troupe and pekko)");
    assertThat(home.problem("troupe = 5"))
        .isEqualTo("application.conf:1: 'troupe' is not a block (expected: troupe { … })");
    assertThat(home.problem(Map.of("GATEWAY_PORT", "1"), "troupe = 5"))
        .isEqualTo("application.conf:1: 'troupe' is not a block (expected: troupe { … })");
    assertThat(home.problem("pekko = on"))
        .isEqualTo("application.conf:1: 'pekko' is not a block (expected: pekko { … })");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gateway = 5 | 'troupe.gateway' is 5 (expected: a block { … })",
        "gateway.port = web | 'troupe.gateway.port' is \"web\" (expected: an integer from 0 to"
            + " 65535)",
        "gateway.port = 65536 | 'troupe.gateway.port' is 65536 (expected: an integer from 0 to"
            + " 65535)",
        "gateway.port = -1 | 'troupe.gateway.port' is -1 (expected: an integer from 0 to 65535)",
        "gateway.port = 80.5 | 'troupe.gateway.port' is 80.5 (expected: an integer from 0 to"
            + " 65535)",
        "gateway.port = 1e12 | 'troupe.gateway.port' is 1000000000000 (expected: an integer from 0"
            + " to 65535)",
        "gateway.port = null | 'troupe.gateway.port' is null (expected: an integer from 0 to"
            + " 65535)",
        "gateway.port = [1] | 'troupe.gateway.port' is [1] (expected: an integer from 0 to 65535)",
        "gateway.host = \"\" | 'troupe.gateway.host' is \"\" (expected: a string that is not"
            + " blank)",
        "gateway.jvm-options = -Xmx64m | 'troupe.gateway.jvm-options' is \"-Xmx64m\""
            + " (expected: a list of strings, like [\"a\", \"b\"])",
        "gateway.max-body = big | 'troupe.gateway.max-body' is \"big\""
            + " (expected: a size from 1B to 1GiB)",
        "gateway.max-body = 2GiB | 'troupe.gateway.max-body' is \"2GiB\""
            + " (expected: a size from 1B to 1GiB)",
        "gateway.max-header-size = 1 | 'troupe.gateway.max-header-size' is 1"
            + " (expected: a size from 256B to 1MiB)",
        "management.host = 0.0.0.0 | 'troupe.management.host' is \"0.0.0.0\" (expected: 127.0.0.1, ::1"
            + " or localhost: there is no TLS. From elsewhere use a tunnel, like"
            + " ssh -L 5001:127.0.0.1:5001 HOST)",
        "seed.control-port = 5001 | troupe.seed.control-port is gone (expected:"
            + " troupe.management.port)",
        "restart.jitter = 2 | 'troupe.restart.jitter' is 2 (expected: a number from 0.0 to 1.0)",
        "restart.jitter = NaN"
            + " | 'troupe.restart.jitter' is \"NaN\" (expected: a number from 0.0 to 1.0)",
        "restart.policy = sometimes | 'troupe.restart.policy' is \"sometimes\""
            + " (expected: one of always, on-failure, never)",
        "restart.max-backoff = 100ms | 'troupe.restart.max-backoff' is \"100ms\""
            + " (expected: at least initial-backoff, which is 500ms)",
        "logs.total-size = 1MiB | 'troupe.logs.total-size' is \"1MiB\""
            + " (expected: at least max-file-size, which is 10MiB)",
        "start-timeout = 60 | 'troupe.start-timeout' is 60"
            + " (expected: a duration with its unit, from 1s to 1h)",
        "start-timeout = \"60\" | 'troupe.start-timeout' is \"60\""
            + " (expected: a duration with its unit, from 1s to 1h)",
        "start-timeout = soon | 'troupe.start-timeout' is \"soon\""
            + " (expected: a duration with its unit, from 1s to 1h)",
        "start-timeout = 2h | 'troupe.start-timeout' is \"2h\""
            + " (expected: a duration with its unit, from 1s to 1h)",
        "orphan-grace = 25h | 'troupe.orphan-grace' is \"25h\""
            + " (expected: a duration with its unit, from 1s to 1d, or never)",
        "storage.directory = \"a\\u0000b\" | 'troupe.storage.directory' is \"a\\u0000b\""
            + " (expected: the path of a directory)",
      })
  void aBadValueIsShownWithWhatWasExpected(String line, String problem) {
    assertThat(home.problem("troupe {", "", "  " + line, "}"))
        .isEqualTo("application.conf:3: " + problem);
  }

  @Test
  void aLongValueIsCutShort() {
    assertThat(home.problem("troupe.gateway.port = " + "x".repeat(1000)))
        .isEqualTo(
            "application.conf:1: 'troupe.gateway.port' is \""
                + "x".repeat(59)
                + "… (expected: an integer from 0 to 65535)");
  }

  @Test
  void aBrokenFileSaysWhere() {
    assertThat(home.problem("troupe {", "  gateway {", "    port = 1", "}"))
        .startsWith("application.conf:4: Expecting");
    assertThat(home.problem("troupe {", "  gateway = \"x", "}")).startsWith("application.conf:2: ");
  }

  @Test
  void aSubstitutionThatLeadsNowhereSaysWhere() {
    assertThat(home.problem("troupe {", "  gateway.port = ${NO_SUCH_PORT}", "}"))
        .isEqualTo(
            "application.conf:2: Could not resolve substitution to a value: ${NO_SUCH_PORT}");
    assertThat(home.problem("pekko.a = ${pekko.b}", "pekko.b = ${pekko.a}"))
        .startsWith("application.conf:");
  }

  @Test
  void aFileThatCannotBeReadIsSaidToBe() throws IOException {
    Files.createDirectory(home.file());

    assertThatThrownBy(() -> SettingsLoader.load(directory, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage("%s: cannot be read (expected: a file this user may read)", home.file());
  }

  @Test
  void aFileThatIsNotTextIsSaidToBe() throws IOException {
    Files.write(home.file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

    assertThatThrownBy(() -> SettingsLoader.load(directory, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(home.file().toString());
  }

  @Test
  void aByteThatIsNotUtf8IsNamedWithItsLine() throws IOException {
    Path file = directory.resolve(SettingsLoader.FILE);
    Files.write(file, "troupe {\n  # caf\u00e9\n}\n".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> SettingsLoader.load(directory, Map.of()))
        .hasMessage(file + ":2: the byte 0xE9 is not UTF-8 (expected: a file saved as UTF-8)");
  }

  @Test
  void aByteOrderMarkAndLinesThatEndAsOnWindowsAreNoProblem() throws IOException {
    Files.writeString(
        directory.resolve(SettingsLoader.FILE),
        "\uFEFFtroupe {\r\n  gateway.port = 81\r\n  gateway.host = localhost\r\n}\r\n");

    assertThat(SettingsLoader.load(directory, Map.of()).gateway().endpoint())
        .isEqualTo(new Endpoint("localhost", 81));
  }
}
