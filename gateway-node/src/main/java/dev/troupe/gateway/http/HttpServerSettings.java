package dev.troupe.gateway.http;

import dev.troupe.protocol.settings.GatewaySettings;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.headers.ProductVersion;
import org.apache.pekko.http.javadsl.model.headers.Server;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.io.Inet;
import scala.concurrent.duration.FiniteDuration;

/** The limits of the HTTP server, derived from the settings. */
final class HttpServerSettings {
  private static final Duration MIN_IDLE = Duration.ofSeconds(60);
  private static final Duration IDLE_MARGIN = Duration.ofSeconds(10);
  private static final int MAX_BACKLOG = 1024;

  private HttpServerSettings() {}

  static ServerSettings of(Settings settings, ActorSystem<?> system) {
    GatewaySettings gateway = settings.gateway();
    ServerSettings defaults = ServerSettings.create(system.classicSystem());
    return defaults
        .withServerHeader(Optional.of(Server.create(ProductVersion.create("troupe", ""))))
        .withMaxConnections(gateway.maxConnections())
        .withBacklog(Math.min(gateway.maxConnections(), MAX_BACKLOG))
        .withPipeliningLimit(1)
        .withTransparentHeadRequests(true)
        .withTimeouts(timeouts(defaults.getTimeouts(), settings.longestCall()))
        .withParsingErrorHandler(ParsingErrors.class.getName())
        .withParserSettings(parser(defaults.getParserSettings(), gateway))
        .withTerminationDeadlineExceededResponse(
            JsonResponses.error(503, "the gateway is stopping; try again", null))
        .withSocketOptions(socketOptions(defaults, gateway));
  }

  // Every call is answered at its deadline by the call client, which costs no timer per request
  // here. A connection that waits for such an answer must not be taken for idle.
  private static ServerSettings.Timeouts timeouts(
      ServerSettings.Timeouts defaults, Duration longestCall) {
    Duration busy = longestCall.plus(IDLE_MARGIN);
    Duration idle = busy.compareTo(MIN_IDLE) > 0 ? busy : MIN_IDLE;
    return defaults
        .withRequestTimeout(scala.concurrent.duration.Duration.Zero())
        .withIdleTimeout(FiniteDuration.create(idle.toMillis(), TimeUnit.MILLISECONDS));
  }

  // Headers are parsed only as far as HTTP itself needs: it is faster, and a client's odd
  // User-Agent is nobody's business here.
  private static ParserSettings parser(ParserSettings defaults, GatewaySettings gateway) {
    int headerBytes = (int) gateway.maxHeaderBytes();
    return JsonContentType.keepCharset(defaults)
        .withMaxContentLength(gateway.maxBodyBytes())
        .withMaxHeaderValueLength(headerBytes)
        .withMaxUriLength(headerBytes)
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
