package dev.troupe.node.start;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.log.LogConfiguration;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.settings.LogLevel;
import dev.troupe.protocol.settings.ProgramSettings;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Pekko configuration of a node: the user's block over Troupe's over Pekko's defaults. */
final class NodeConfig {
  private NodeConfig() {}

  /**
   * @param role of the member, which is the name of its service
   * @param port for the other nodes; 0 means any free one
   */
  static Config of(Settings settings, String role, int port) {
    String host = settings.cluster().endpoint().hostInAddress();
    Map<String, Object> own =
        Map.of(
            "pekko.cluster.roles", List.of(role),
            "pekko.remote.artery.canonical.hostname", host,
            "pekko.remote.artery.canonical.port", port,
            "pekko.loglevel", pekkoLevel(settings, role),
            "pekko.coordinated-shutdown.phases.before-service-unbind.timeout",
                longestDrain(settings, role).plusSeconds(1),
            "pekko.coordinated-shutdown.phases.service-unbind.timeout",
                longestStop(settings, role));
    return ConfigFactory.parseMap(own)
        .withFallback(settings.pekko())
        .withFallback(ConfigFactory.parseMap(NodeShutdown.exitCodes()))
        .withFallback(streams(role))
        .withFallback(ConfigFactory.parseResources("troupe-node.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  // The streams of a service run on its own dispatcher. Other nodes run only Troupe's code.
  private static Config streams(String role) {
    return role.equals(NodeNames.SEED) || role.equals(NodeNames.GATEWAY)
        ? ConfigFactory.parseMap(
            Map.of("pekko.stream.materializer.dispatcher", InternalDispatcher.PATH))
        : ConfigFactory.empty();
  }

  /** How long draining may take: the seed node's drain is the ordered stop of all others. */
  static Duration longestDrain(Settings settings, String role) {
    return role.equals(NodeNames.SEED)
        ? NodeMain.longestStopOfAll(settings)
        : settings.stop().drainTimeout();
  }

  // The host of a program stops the program after the drain. The last seconds are those after KILL.
  private static Duration longestStop(Settings settings, String role) {
    return settings
        .service(role)
        .map(ServiceSettings::program)
        .map(ProgramSettings::stopTimeout)
        .orElse(Duration.ZERO)
        .plusSeconds(5);
  }

  // Below this level Pekko makes no log events, whatever the levels of its loggers.
  private static String pekkoLevel(Settings settings, String role) {
    LogLevel level =
        Stream.concat(
                Stream.of(settings.logs().level()),
                LogConfiguration.levels(settings, role).byName().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("org.apache.pekko"))
                    .map(Map.Entry::getValue))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return switch (level) {
      case TRACE, DEBUG -> "DEBUG";
      case WARN -> "WARNING";
      case INFO, ERROR, OFF -> level.name();
    };
  }
}
