package dev.troupe.gateway.http;

import dev.troupe.node.http.ConnectionStats;
import dev.troupe.node.http.HttpListener;
import dev.troupe.protocol.settings.Endpoint;
import dev.troupe.protocol.settings.GatewaySettings;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the port of the gateway, from listening to the last answer. Thread-safe. */
public final class HttpServer {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final String NAME = "gateway";
  private static final Duration BIND_TIMEOUT = Duration.ofSeconds(10);

  // How long clients have to send one more request on an open connection, and so to learn that it
  // closes, before connections without a request are cut.
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private HttpServer() {}

  /** A server that listens. */
  public static final class Listening {
    private final ActorSystem<?> system;
    private final HttpListener listener;

    private Listening(ActorSystem<?> system, HttpListener listener) {
      this.system = system;
      this.listener = listener;
    }

    /**
     * Like {@code http://127.0.0.1:5000}; names the loopback if the server listens on all
     * addresses.
     */
    public String url() {
      InetAddress address = listener.localAddress().getAddress();
      InetAddress reachable =
          address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      return "http://" + UrlHost.of(reachable) + ":" + port();
    }

    public int port() {
      return listener.localAddress().getPort();
    }

    public ConnectionStats stats() {
      return listener.stats();
    }

    /**
     * Takes no new connections at once, and closes the open ones as soon as they have their answer.
     *
     * @param timeout after which connections are cut
     * @return completes when no connection is left
     */
    public CompletionStage<Void> drain(Duration timeout) {
      CompletableFuture<Void> drained = new CompletableFuture<>();
      Duration farewell = FAREWELL.compareTo(timeout) < 0 ? FAREWELL : Duration.ZERO;
      listener
          .unbind()
          .whenComplete(
              (done, failure) ->
                  system
                      .scheduler()
                      .scheduleOnce(
                          farewell,
                          () -> terminate(timeout.minus(farewell), drained),
                          system.executionContext()));
      return drained;
    }

    private void terminate(Duration timeout, CompletableFuture<Void> drained) {
      listener.drain(timeout).whenComplete((done, failure) -> drained.complete(null));
    }
  }

  /**
   * Listens at the endpoint of the gateway. Blocks.
   *
   * @param handler answers each request; must neither block, throw nor fail
   * @throws CannotListenException when the address may not or cannot be used
   */
  public static Listening listen(
      ActorSystem<?> system,
      Settings settings,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler)
      throws CannotListenException, InterruptedException {
    refuseExposure(settings.gateway());
    Endpoint endpoint = settings.gateway().endpoint();
    return endpoint.port() == 0
        ? listenAnywhere(system, settings, new KeptPort(settings.run()), handler)
        : listenAt(system, settings, endpoint, handler);
  }

  private static Listening listenAnywhere(
      ActorSystem<?> system,
      Settings settings,
      KeptPort kept,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler)
      throws CannotListenException, InterruptedException {
    String host = settings.gateway().endpoint().host();
    try {
      int before = kept.read();
      if (before != 0) {
        try {
          return listenAt(system, settings, new Endpoint(host, before), handler);
        } catch (CannotListenException taken) {
          log.warn("{}; taking another free port", taken.getMessage());
          kept.forget();
        }
      }
      Listening listening = listenAt(system, settings, new Endpoint(host, 0), handler);
      int agreed = kept.keep(listening.port());
      if (agreed == listening.port()) {
        return listening;
      }
      // Another gateway that started at the same time has the port that all of them share.
      listening.listener.unbind();
      return listenAt(system, settings, new Endpoint(host, agreed), handler);
    } catch (IOException e) {
      throw CannotListenException.refused(settings.gateway().endpoint(), e.toString());
    }
  }

  private static Listening listenAt(
      ActorSystem<?> system,
      Settings settings,
      Endpoint endpoint,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler)
      throws CannotListenException, InterruptedException {
    try {
      return new Listening(
          system,
          HttpListener.listen(
                  system,
                  NAME,
                  endpoint.host(),
                  endpoint.port(),
                  HttpServerSettings.of(settings, system),
                  HttpServerSettings.limits(settings),
                  HttpListener.Admission.ALL,
                  handler,
                  (request, response) -> JsonResponses.tooManyReplies(response))
              .toCompletableFuture()
              .get(BIND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw explained(endpoint, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw CannotListenException.refused(endpoint, "no answer within " + BIND_TIMEOUT);
    }
  }

  private static void refuseExposure(GatewaySettings gateway) throws CannotListenException {
    Endpoint endpoint = gateway.endpoint();
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    InetAddress resolved = address.getAddress();
    if (resolved == null) {
      throw CannotListenException.unknownHost(endpoint);
    }
    if (!resolved.isLoopbackAddress() && !gateway.allowPublic()) {
      throw CannotListenException.exposed(endpoint);
    }
  }

  private static CannotListenException explained(Endpoint endpoint, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof BindException && message.contains("in use")) {
        return CannotListenException.taken(endpoint);
      }
    }
    return CannotListenException.refused(endpoint, String.valueOf(failure.getMessage()));
  }
}
