package dev.troupe.gateway.http;

import dev.troupe.node.http.ConnectionLimits;
import dev.troupe.node.http.HttpSettings;
import dev.troupe.protocol.settings.ClientSettings;
import dev.troupe.protocol.settings.GatewaySettings;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
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

/** The settings of Pekko HTTP and the limits of the listener, from the settings of the gateway. */
final class HttpServerSettings {
  // The kernel drops connection attempts beyond this queue, and their clients try again after 1, 3,
  // 7 … seconds. It also bounds the queue by net.core.somaxconn.
  private static final int BACKLOG = 4096;

  private HttpServerSettings() {}

  static ServerSettings of(Settings settings, ActorSystem<?> system) {
    GatewaySettings gateway = settings.gateway();
    ServerSettings defaults = ServerSettings.create(system.classicSystem());
    return defaults
        .withServerHeader(Optional.of(Server.create(ProductVersion.create("troupe", ""))))
        .withBacklog(BACKLOG)
        .withPipeliningLimit(1)
        // A program may know a cheaper answer to HEAD than that to GET.
        .withTransparentHeadRequests(false)
        .withTimeouts(timeouts(defaults.getTimeouts()))
        .withDefaultHostHeader(Host.create("localhost"))
        .withParsingErrorHandler(JsonParsingErrorHandler.class.getName())
        .withParserSettings(parser(defaults.getParserSettings(), gateway))
        .withSocketOptions(socketOptions(defaults, gateway));
  }

  /** The limits that the gateway sets to its clients. */
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

  // The call client answers each call at its deadline, so that no timer per request is needed here.
  // The listener has timeouts for slow and idle clients.
  private static ServerSettings.Timeouts timeouts(ServerSettings.Timeouts defaults) {
    return defaults
        .withRequestTimeout(scala.concurrent.duration.Duration.Zero())
        .withIdleTimeout(scala.concurrent.duration.Duration.Inf());
  }

  // Pekko parses only the headers that HTTP itself needs. That is faster, and an odd header of a
  // client, like its User-Agent, is no error.
  private static ParserSettings parser(ParserSettings defaults, GatewaySettings gateway) {
    int headerBytes = (int) gateway.maxHeaderBytes();
    return HttpSettings.keepCharset(defaults)
        .withMaxContentLength(gateway.maxBodyBytes())
        .withMaxHeaderValueLength(headerBytes)
        .withMaxUriLength(headerBytes)
        // Browsers and HTTP libraries do not encode brackets and some other characters in a query.
        .withUriParsingMode(Uri.RELAXED)
        .withModeledHeaderParsing(false)
        .withIllegalHeaderWarnings(false);
  }

  private static Iterable<Inet.SocketOption> socketOptions(
      ServerSettings defaults, GatewaySettings gateway) {
    List<Inet.SocketOption> options = new ArrayList<>();
    defaults.getSocketOptions().forEach(options::add);
    if (gateway.instances() > 1) {
      options.add(new ReusePort());
    }
    return options;
  }

  /** Lets several gateways listen on the same port; the kernel distributes connections to them. */
  private static final class ReusePort extends Inet.AbstractSocketOption {
    @Override
    public void beforeServerSocketBind(ServerSocket socket) {
      try {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
