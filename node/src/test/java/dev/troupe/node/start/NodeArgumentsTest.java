package dev.troupe.node.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeArgumentsTest {
  private final PrintStream standardOut = System.out;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(error, true, UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(standardOut);
    System.setErr(standardError);
  }

  @Test
  void theSupervisorsCommandLineIsUnderstood() {
    NodeArguments arguments =
        parsed(
            null,
            "--generation",
            "3",
            "--port",
            "25001",
            "--home",
            "/srv/troupe",
            "--slot",
            "UserService-2",
            "--join",
            "pekko://troupe@127.0.0.1:1",
            "--join",
            "pekko://troupe@127.0.0.1:2");

    assertThat(arguments.home).isEqualTo(Path.of("/srv/troupe"));
    assertThat(arguments.port).isEqualTo(25_001);
    assertThat(arguments.join)
        .containsExactly("pekko://troupe@127.0.0.1:1", "pekko://troupe@127.0.0.1:2");
    assertThat(arguments.identity()).isEqualTo(new NodeIdentity("UserService", "UserService-2", 3));
  }

  @Test
  void aPersonNeedsToGiveNothingWhereTheSlotIsClear() {
    NodeArguments arguments = parsed("seed-1");

    assertThat(arguments.home).isEqualTo(Path.of("."));
    assertThat(arguments.port).isZero();
    assertThat(arguments.join).isEmpty();
    assertThat(arguments.identity()).isEqualTo(new NodeIdentity("seed", "seed-1", 1));
  }

  @ParameterizedTest
  @CsvSource({"UserService-12, UserService", "gateway-1, gateway", "Lonely, Lonely"})
  void theServiceIsTheSlotWithoutItsIndex(String slot, String service) {
    assertThat(parsed("seed-1", "--slot", slot).identity().service()).isEqualTo(service);
  }

  @Test
  void aSlotThatIsNeededAndNotGivenIsAMistake() {
    NodeArguments.Parsed parsed = NodeArguments.parse(null);

    assertThat(parsed.arguments()).isNull();
    assertThat(parsed.exit()).isEqualTo(2);
    assertThat(error.toString(UTF_8)).startsWith("--slot is needed, like UserService-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--prot=1", "--port=many", "--generation=x", "stray"})
  void aMistakeIsToldWithTheUsage(String argument) {
    NodeArguments.Parsed parsed = NodeArguments.parse("seed-1", argument);

    assertThat(parsed.arguments()).isNull();
    assertThat(parsed.exit()).isEqualTo(2);
    assertThat(error.toString(UTF_8))
        .contains(argument.replaceAll(".*=", ""))
        .contains("Usage: java -jar NODE.jar");
    assertThat(out.size()).isZero();
  }

  @Test
  void helpIsNoMistake() {
    NodeArguments.Parsed parsed = NodeArguments.parse("seed-1", "--help");

    assertThat(parsed.arguments()).isNull();
    assertThat(parsed.exit()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("--home", "--slot", "--generation", "--port", "--join");
    assertThat(error.size()).isZero();
  }

  private static NodeArguments parsed(@Nullable String defaultSlot, String... arguments) {
    NodeArguments parsed = NodeArguments.parse(defaultSlot, arguments).arguments();
    assertThat(parsed).isNotNull();
    return parsed;
  }
}
