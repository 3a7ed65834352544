package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.troupe.node.death.ConfirmedDeathFailureDetector;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeConfigTest {
  @TempDir private Path home;

  @Test
  void aNodeHasItsRoleAndItsPlaceOnTheNetwork() throws IOException {
    Config config =
        NodeConfig.of(settings("troupe.cluster.host = localhost"), "UserService", 25_001);

    assertThat(config.getStringList("pekko.cluster.roles")).containsExactly("UserService");
    assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("localhost");
    assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(25_001);
  }

  @Test
  void whatTroupeSetsIsSet() throws IOException {
    Config config = NodeConfig.of(settings(""), "UserService", 0);

    assertThat(config.getString("pekko.actor.provider")).isEqualTo("cluster");
    assertThat(config.getString("pekko.cluster.downing-provider-class")).isEmpty();
    assertThat(config.getString("pekko.cluster.failure-detector.implementation-class"))
        .isEqualTo(ConfirmedDeathFailureDetector.class.getName());
    assertThat(config.getBoolean("pekko.actor.allow-java-serialization")).isFalse();
    assertThat(
            config.getString(
                "pekko.actor.serialization-bindings.\"dev.troupe.protocol.WireMessage\""))
        .isEqualTo("jackson-cbor");
  }

  @ParameterizedTest
  @CsvSource({
    "dev.troupe.node.shutdown.NodeShutdown$StartFailed, START_FAILED",
    "dev.troupe.node.shutdown.NodeShutdown$StartRefused, START_REFUSED",
    "dev.troupe.node.shutdown.NodeShutdown$ServiceStopped, SERVICE_STOPPED",
    "dev.troupe.node.shutdown.NodeShutdown$EssentialActorLost, ESSENTIAL_ACTOR_LOST",
    "dev.troupe.node.shutdown.NodeShutdown$Orphaned, ORPHANED",
    "org.apache.pekko.actor.CoordinatedShutdown$ClusterDowningReason$, DOWNED",
    "org.apache.pekko.actor.CoordinatedShutdown$ClusterJoinUnsuccessfulReason$, NOT_JOINED"
  })
  void eachReasonToEndHasItsExitCode(String reason, NodeExit exit) throws IOException {
    Config overrides =
        NodeConfig.of(settings(""), "UserService", 0)
            .getConfig("pekko.coordinated-shutdown.reason-overrides");

    assertThat(overrides.getInt("\"" + reason + "\".exit-code")).isEqualTo(exit.code());
  }

  @ParameterizedTest
  @CsvSource({
    "seed, pekko.actor.internal-dispatcher",
    "gateway, pekko.actor.internal-dispatcher",
    "UserService, pekko.actor.default-dispatcher"
  })
  void onlyStreamsOfAServiceAreApartFromTheWayOfMessages(String role, String dispatcher)
      throws IOException {
    assertThat(
            NodeConfig.of(settings(""), role, 0).getString("pekko.stream.materializer.dispatcher"))
        .isEqualTo(dispatcher);
  }

  @Test
  void theUsersPekkoBlockIsAboveOurs() throws IOException {
    Config config =
        NodeConfig.of(
            settings("pekko.cluster.gossip-interval = 7s, pekko.log-dead-letters = 3"), "A", 0);

    assertThat(config.getDuration("pekko.cluster.gossip-interval"))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(config.getInt("pekko.log-dead-letters")).isEqualTo(3);
  }

  @Test
  void whatMakesANodeItselfIsNotTheUsersToChange() throws IOException {
    Config config =
        NodeConfig.of(
            settings("pekko.cluster.roles = [x], pekko.remote.artery.canonical.port = 1"),
            "A",
            25_001);

    assertThat(config.getStringList("pekko.cluster.roles")).containsExactly("A");
    assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(25_001);
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE, DEBUG",
    "DEBUG, DEBUG",
    "INFO, INFO",
    "WARN, WARNING",
    "ERROR, ERROR",
    "OFF, OFF"
  })
  void pekkoLogsAtTheLevelOfTheSettings(String level, String pekko) throws IOException {
    assertThat(
            NodeConfig.of(settings("troupe.logs.level = " + level), "A", 0)
                .getString("pekko.loglevel"))
        .isEqualTo(pekko);
  }

  @Test
  void aNodeHasAsLongToDrainAsTheSettingsSayAndTheSeedAsLongAsAllOthersNeed() throws IOException {
    Settings settings =
        settings(
            """
            troupe.stop { drain-timeout = 4s, grace = 3s }
            troupe.services { A { class = a }, B { class = b } }
            """);

    assertThat(drainTimeout(settings, "A")).isEqualTo(Duration.ofSeconds(5));
    assertThat(NodeMain.longestStopOfAll(settings)).isEqualTo(Duration.ofSeconds(3 * 14));
    assertThat(drainTimeout(settings, "seed")).isEqualTo(Duration.ofSeconds(3 * 14 + 1));
  }

  private static Duration drainTimeout(Settings settings, String role) {
    return NodeConfig.of(settings, role, 0)
        .getDuration("pekko.coordinated-shutdown.phases.before-service-unbind.timeout");
  }

  private Settings settings(String text) throws IOException {
    Files.writeString(home.resolve(SettingsLoader.FILE), text);
    return SettingsLoader.load(home, Map.of());
  }
}
