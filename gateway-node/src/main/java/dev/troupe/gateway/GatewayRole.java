package dev.troupe.gateway;

import dev.troupe.gateway.http.CannotListenException;
import dev.troupe.gateway.http.HttpServer;
import dev.troupe.node.start.CallCounters;
import dev.troupe.node.start.Hosted;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeRole;
import dev.troupe.protocol.TroupeVersion;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a node a gateway: listens before it is a member unless it shares its port with others, and
 * is ready once it has answered.
 */
final class GatewayRole implements NodeRole {
  // More than Distributed Data takes to gossip, by the interval in troupe-node.conf, to a new node.
  private static final Duration NEWS = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(GatewayRole.class);

  @Override
  public Hosted start(NodeContext node) throws CannotListenException, InterruptedException {
    Settings settings = node.settings();
    CallCounters counters = new CallCounters();
    if (settings.gateway().instances() > 1) {
      new Acquaintance(node.view(), services(settings), NEWS).await();
    }
    HttpServer.Listening server =
        Gateway.start(
            node.system(), settings, node.view(), node.calls(), counters, TroupeVersion.CURRENT);
    log.info("[{}] listens at {}", node.identity().slot(), server.url());
    return new Hosted(
        TroupeVersion.CURRENT,
        null,
        null,
        server.url(),
        counters,
        new FirstAnswer(server.url()),
        () -> server.drain(settings.stop().drainTimeout()));
  }

  private static Set<String> services(Settings settings) {
    return settings.services().stream().map(ServiceSettings::name).collect(Collectors.toSet());
  }
}
