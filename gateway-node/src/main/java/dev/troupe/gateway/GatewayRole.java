package dev.troupe.gateway;

import dev.troupe.gateway.http.CannotListenException;
import dev.troupe.gateway.http.HttpServer;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeRole;
import dev.troupe.node.start.StartedRole;
import dev.troupe.protocol.TroupeVersion;
import dev.troupe.protocol.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a node a gateway. A single gateway listens before its node is a member of the cluster, and
 * requests wait until it has read the registry. Gateways that share a port listen after that. The
 * gateway is ready when {@link SelfProbe} has succeeded.
 */
final class GatewayRole implements NodeRole {
  private static final Logger log = LoggerFactory.getLogger(GatewayRole.class);

  @Override
  public StartedRole start(NodeContext node) throws CannotListenException, InterruptedException {
    Settings settings = node.settings();
    CallCounters counters = new CallCounters();
    RegistryWarmup warmup = new RegistryWarmup(node.view());
    if (settings.gateway().instances() > 1) {
      // Until then the other gateways on the port answer requests at once that would wait here.
      warmup.await();
    }
    HttpServer.Listening server =
        Gateway.start(
            node.system(),
            settings,
            node.view(),
            node.calls(),
            counters,
            node.metrics(),
            TroupeVersion.CURRENT);
    log.info("[{}] listens at {}", node.identity().slot(), server.url());
    return new StartedRole(
        TroupeVersion.CURRENT,
        null,
        null,
        server.url(),
        counters,
        new SelfProbe(warmup, server.url()),
        () -> server.drain(settings.stop().drainTimeout()));
  }
}
