package dev.troupe.gateway.http;

import dev.troupe.node.http.ConnectionLimits;
import dev.troupe.protocol.settings.ClientSettings;
import dev.troupe.protocol.settings.GatewaySettings;
import dev.troupe.protocol.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.apache.pekko.http.javadsl.model.headers.ProductVersion;
import org.apache.pekko.http.javadsl.model.headers.Server;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.io.Inet;

/** The limits of the HTTP server, derived from the settings. */
final class HttpServerSettings {
  // Whose connection finds no place here tries again after 1, 3, 7 … seconds. The system has a
  // bound
  // of its own (net.core.somaxconn).
  private static final int BACKLOG = 4096;

  private HttpServerSettings() {}

  static ServerSettings of(Settings settings, ActorSystem<?> system) {
    GatewaySettings gateway = settings.gateway();
    ServerSettings defaults = ServerSettings.create(system.classicSystem());
    return defaults
        .withServerHeader(Optional.of(Server.create(ProductVersion.create("troupe", ""))))
        .withBacklog(BACKLOG)
        .withPipeliningLimit(1)
        .withTransparentHeadRequests(true)
        .withTimeouts(timeouts(defaults.getTimeouts()))
        .withDefaultHostHeader(Host.create("localhost"))
        .withParsingErrorHandler(ParsingErrors.class.getName())
        .withParserSettings(parser(defaults.getParserSettings(), gateway))
        .withSocketOptions(socketOptions(defaults, gateway));
  }

  /** What clients may take of the gateway. */
  static ConnectionLimits limits(Settings settings) {
    GatewaySettings gateway = settings.gateway();
    ClientSettings clients = gateway.clients();
    return new ConnectionLimits(
        gateway.maxConnections(),
        clients.maxConnections(),
        clients.maxPipelined(),
        (int) gateway.maxHeadBytes(),
        gateway.maxRequestBytes(),
        gateway.bodyWait(),
        gateway.maxUnreadReplyBytes(),
        clients.headTimeout(),
        clients.writeTimeout(),
        clients.idleTimeout());
  }

  // Every call is answered at its deadline by the call client, which costs no timer per request
  // here; the listener has a timeout for each thing a client may be slow at.
  private static ServerSettings.Timeouts timeouts(ServerSettings.Timeouts defaults) {
    return defaults
        .withRequestTimeout(scala.concurrent.duration.Duration.Zero())
        .withIdleTimeout(scala.concurrent.duration.Duration.Inf());
  }

  // Headers are parsed only as far as HTTP itself needs: it is faster, and a client's odd
  // User-Agent is nobody's business here.
  private static ParserSettings parser(ParserSettings defaults, GatewaySettings gateway) {
    int headerBytes = (int) gateway.maxHeaderBytes();
    return JsonContentType.keepCharset(defaults)
        .withMaxContentLength(gateway.maxBodyBytes())
        .withMaxHeaderValueLength(headerBytes)
        .withMaxUriLength(headerBytes)
        // Browsers and HTTP libraries send brackets and the like in a query as they are.
        .withUriParsingMode(Uri.RELAXED)
        .withModeledHeaderParsing(false)
        .withIllegalHeaderWarnings(false);
  }

  private static Iterable<Inet.SocketOption> socketOptions(
      ServerSettings defaults, GatewaySettings gateway) {
    List<Inet.SocketOption> options = new ArrayList<>();
    defaults.getSocketOptions().forEach(options::add);
    if (gateway.instances() > 1) {
      options.add(new SharedPort());
    }
    return options;
  }
}
