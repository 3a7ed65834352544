package dev.troupe.gateway.http;

import dev.troupe.protocol.settings.Endpoint;
import dev.troupe.protocol.settings.GatewaySettings;
import dev.troupe.protocol.settings.Settings;
import java.net.BindException;
import java.net.Inet6Address;
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
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.stream.javadsl.Flow;

/** Owns the port of the gateway, from listening to the last answer. Thread-safe. */
public final class HttpServer {
  private static final Duration BIND_TIMEOUT = Duration.ofSeconds(10);

  // How long clients have to send one more request on an open connection, and so to learn that it
  // closes, before connections without a request are cut.
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private static final HttpHeader CLOSE = Connection.create("close");

  private final ActorSystem<?> system;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
  private volatile boolean draining;

  private HttpServer(
      ActorSystem<?> system, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    this.system = system;
    this.handler = handler;
  }

  /** A server that listens. */
  public final class Listening {
    private final ServerBinding binding;

    private Listening(ServerBinding binding) {
      this.binding = binding;
    }

    /** Like {@code http://127.0.0.1:5000}; on the loopback if it listens everywhere. */
    public String url() {
      InetAddress address = binding.localAddress().getAddress();
      InetAddress reachable =
          address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      String host = reachable.getHostAddress();
      return "http://"
          + (reachable instanceof Inet6Address ? "[" + host + "]" : host)
          + ":"
          + port();
    }

    public int port() {
      return binding.localAddress().getPort();
    }

    /**
     * Takes no new connections at once, and closes the open ones as soon as they have their answer.
     *
     * @param timeout after which connections are cut
     * @return completes when no connection is left
     */
    public CompletionStage<Void> drain(Duration timeout) {
      draining = true;
      CompletableFuture<Void> drained = new CompletableFuture<>();
      Duration farewell = FAREWELL.compareTo(timeout) < 0 ? FAREWELL : Duration.ZERO;
      binding
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
      binding.terminate(timeout).whenComplete((done, failure) -> drained.complete(null));
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
    return new HttpServer(system, handler).bind(settings);
  }

  private Listening bind(Settings settings) throws CannotListenException, InterruptedException {
    Endpoint endpoint = settings.gateway().endpoint();
    try {
      // A flow of our own, since bind(handler) costs each request a change of threads.
      ServerBinding binding =
          Http.get(system)
              .newServerAt(endpoint.host(), endpoint.port())
              .withSettings(HttpServerSettings.of(settings, system))
              .bindFlow(Flow.of(HttpRequest.class).mapAsync(1, this::handle))
              .toCompletableFuture()
              .get(BIND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return new Listening(binding);
    } catch (ExecutionException e) {
      throw explained(endpoint, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw CannotListenException.refused(endpoint, "no answer within " + BIND_TIMEOUT);
    }
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    CompletionStage<HttpResponse> response = handler.apply(request);
    return draining ? response.thenApply(answer -> answer.addHeader(CLOSE)) : response;
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
