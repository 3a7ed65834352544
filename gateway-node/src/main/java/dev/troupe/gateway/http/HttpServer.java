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

/** Owns the port of the gateway, from the bind to the last response. Thread-safe. */
public final class HttpServer {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final String NAME = "gateway";
  private static final Duration BIND_TIMEOUT = Duration.ofSeconds(10);

  // Before the gateway closes idle connections, clients have this long to send one more request and
  // to learn from the response that the connection closes.
  private static final Duration CLOSE_NOTICE = Duration.ofMillis(500);

  private HttpServer() {}

  /** Answers each request; must neither block, throw nor fail. */
  @FunctionalInterface
  public interface Handler extends Function<HttpRequest, CompletionStage<HttpResponse>> {
    /** Ends replies that have no end by themselves. */
    default void drain() {}
  }

  /** The server while it listens. */
  public static final class Listening {
    private final ActorSystem<?> system;
    private final HttpListener listener;
    private final Handler handler;

    private Listening(ActorSystem<?> system, HttpListener listener, Handler handler) {
      this.system = system;
      this.handler = handler;
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
     * Accepts no more connections, and closes each open one as soon as it has no request.
     *
     * @param timeout after which the connections that are left are closed
     * @return completes when no connection is left
     */
    public CompletionStage<Void> drain(Duration timeout) {
      CompletableFuture<Void> drained = new CompletableFuture<>();
      handler.drain();
      Duration notice = CLOSE_NOTICE.compareTo(timeout) < 0 ? CLOSE_NOTICE : Duration.ZERO;
      listener
          .unbind()
          .whenComplete(
              (done, failure) ->
                  system
                      .scheduler()
                      .scheduleOnce(
                          notice,
                          () -> closeConnections(timeout.minus(notice), drained),
                          system.executionContext()));
      return drained;
    }

    private void closeConnections(Duration timeout, CompletableFuture<Void> drained) {
      listener.drain(timeout).whenComplete((done, failure) -> drained.complete(null));
    }
  }

  /**
   * Listens on the address of the settings. Blocks until it does.
   *
   * @throws CannotListenException when the server may not or cannot listen there
   */
  public static Listening listen(ActorSystem<?> system, Settings settings, Handler handler)
      throws CannotListenException, InterruptedException {
    checkExposure(settings.gateway());
    Endpoint endpoint = settings.gateway().endpoint();
    return endpoint.port() == 0
        ? listenOnFreePort(system, settings, new PortFile(settings.run()), handler)
        : listenOn(system, settings, endpoint, handler);
  }

  private static Listening listenOnFreePort(
      ActorSystem<?> system, Settings settings, PortFile file, Handler handler)
      throws CannotListenException, InterruptedException {
    String host = settings.gateway().endpoint().host();
    try {
      int earlier = file.read();
      if (earlier != 0) {
        try {
          return listenOn(system, settings, new Endpoint(host, earlier), handler);
        } catch (CannotListenException taken) {
          log.warn("{}; taking another free port", taken.getMessage());
          file.delete();
        }
      }
      Listening listening = listenOn(system, settings, new Endpoint(host, 0), handler);
      int agreed = file.write(listening.port());
      if (agreed == listening.port()) {
        return listening;
      }
      // Another gateway that starts at the same time wrote its port first: all share that port.
      listening.listener.unbind();
      return listenOn(system, settings, new Endpoint(host, agreed), handler);
    } catch (IOException e) {
      throw CannotListenException.refused(settings.gateway().endpoint(), e.toString());
    }
  }

  private static Listening listenOn(
      ActorSystem<?> system, Settings settings, Endpoint endpoint, Handler handler)
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
                  (request, response) -> JsonResponses.noRoomForReply(response))
              .toCompletableFuture()
              .get(BIND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS),
          handler);
    } catch (ExecutionException e) {
      throw explained(endpoint, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw CannotListenException.refused(endpoint, "the bind took longer than " + BIND_TIMEOUT);
    }
  }

  private static void checkExposure(GatewaySettings gateway) throws CannotListenException {
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
