package dev.troupe.node.http;

import dev.troupe.node.dispatcher.InternalDispatcher;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.duration.FiniteDuration;

/** A port on which HTTP is spoken, and the connections to it. Thread-safe. */
public final class HttpListener {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  // As Pekko HTTP's own servers have it.
  private static final FiniteDuration CANCELLATION_DELAY =
      FiniteDuration.create(100, TimeUnit.MILLISECONDS);
  // Smaller replies are in the socket's buffer at once.
  private static final int LARGE_REPLY = 32 << 10;
  private static final HttpHeader CLOSE = Connection.create("close");

  /** Makes a reply in place of one for which there is no room. */
  public interface Fallback extends BiFunction<HttpRequest, HttpResponse, HttpResponse> {}

  /** Decides which connections are served; the others are closed without a word. */
  @FunctionalInterface
  public interface Admission {
    boolean admits(InetSocketAddress peer, InetSocketAddress local);

    /** Serves everybody. */
    Admission ALL = (peer, local) -> true;
  }

  private final ActorSystem<?> system;
  private final Materializer materializer;
  private final ConnectionTable table;
  private final PipelineTurns pipelines;
  private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http;
  private final Admission admission;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
  private final Fallback noRoom;
  private final Cancellable looks;
  private volatile Tcp.@Nullable ServerBinding binding;
  private volatile boolean draining;

  private HttpListener(
      ActorSystem<?> system,
      String name,
      ServerSettings settings,
      ConnectionLimits limits,
      Admission admission,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler,
      Fallback noRoom) {
    this.system = system;
    this.materializer = SystemMaterializer.get(system).materializer();
    this.table = new ConnectionTable(name, limits);
    this.pipelines = new PipelineTurns(limits.maxPipelined(), InternalDispatcher.of(system));
    this.http = Http.get(system).serverLayer(settings).atop(plain());
    this.admission = admission;
    this.handler = handler;
    this.noRoom = noRoom;
    Duration shortest =
        List.of(LOOK, limits.headTimeout(), limits.writeTimeout(), limits.idleTimeout()).stream()
            .min(Duration::compareTo)
            .orElse(LOOK);
    this.looks =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                shortest, shortest, () -> table.look(System.nanoTime()), system.executionContext());
  }

  /**
   * Listens.
   *
   * @param name of the server, for the log
   * @param settings of HTTP; those about connections are not used
   * @param handler answers each request; must neither block, throw nor fail
   * @param noRoom answers where a reply is too large for the room that is left
   */
  public static CompletionStage<HttpListener> listen(
      ActorSystem<?> system,
      String name,
      String host,
      int port,
      ServerSettings settings,
      ConnectionLimits limits,
      Admission admission,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler,
      Fallback noRoom) {
    ConnectionLimits fitted = limits.fitted(name, OpenFiles.now());
    HttpListener listener =
        new HttpListener(system, name, settings, fitted, admission, handler, noRoom);
    return Tcp.get(system)
        .bind(
            host, port, settings.getBacklog(), settings.getSocketOptions(), false, Optional.empty())
        .mapAsync(1, listener::accept)
        .to(Sink.ignore())
        .run(listener.materializer)
        .whenComplete(
            (bound, failure) -> {
              if (failure != null) {
                listener.looks.cancel();
              }
            })
        .thenApply(listener::bound);
  }

  // What comes out of it is what the server layer takes; only its type says less.
  @SuppressWarnings("unchecked")
  private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plain() {
    BidiFlow<SslTlsOutbound, ByteString, ByteString, ? extends SslTlsInbound, NotUsed> plain =
        TLSPlacebo.getInstance();
    return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>) plain;
  }

  private HttpListener bound(Tcp.ServerBinding bound) {
    binding = bound;
    return this;
  }

  public InetSocketAddress localAddress() {
    return Objects.requireNonNull(binding).localAddress();
  }

  public ConnectionFigures figures() {
    return table.figures();
  }

  /**
   * Tells clients from now on, with each reply, to open another connection for the next request.
   */
  public CompletionStage<Void> unbind() {
    draining = true;
    return Objects.requireNonNull(binding).unbind().thenAccept(done -> {});
  }

  /**
   * Closes the connections as soon as they have no request.
   *
   * @param timeout after which they are cut
   * @return completes when none is left
   */
  public CompletionStage<Void> drain(Duration timeout) {
    Cancellable cut =
        system.scheduler().scheduleOnce(timeout, table::cut, system.executionContext());
    return table
        .drain()
        .whenComplete(
            (done, failure) -> {
              cut.cancel();
              looks.cancel();
            });
  }

  private CompletionStage<Done> accept(Tcp.IncomingConnection incoming) {
    if (!admission.admits(incoming.remoteAddress(), incoming.localAddress())) {
      close(incoming, ByteString.emptyByteString());
      return table.room();
    }
    ClientConnection connection = new ClientConnection(incoming.remoteAddress().getAddress());
    if (!table.opened(connection)) {
      close(incoming, Objects.requireNonNull(Farewell.TOO_MANY_CONNECTIONS.reply()));
      return table.room();
    }
    try {
      Flow.of(HttpRequest.class)
          .mapAsync(1, request -> handle(connection, request))
          .join(http)
          .join(BidiFlow.fromGraph(new ConnectionGuard(connection, table)))
          .join(incoming.flow())
          .addAttributes(
              Attributes.apply(
                  new Attributes.CancellationStrategy(
                      Attributes.cancellationStrategyAfterDelay(
                          CANCELLATION_DELAY, Attributes.cancellationStrategyFailStage()))))
          .run(materializer);
    } catch (RuntimeException e) {
      log.error("a connection could not be served", e);
      table.closed(connection);
    }
    return table.room();
  }

  private void close(Tcp.IncomingConnection incoming, ByteString reply) {
    Source.single(reply)
        .viaMat(incoming.flow(), Keep.right())
        .to(Sink.cancelled())
        .run(materializer);
  }

  private CompletionStage<HttpResponse> handle(ClientConnection connection, HttpRequest request) {
    if (!connection.requestBegan()) {
      return answer(connection, request);
    }
    return pipelines.inTurn(
        connection::isClosed,
        () -> {
          connection.turnCame();
          return answer(connection, request);
        });
  }

  private CompletionStage<HttpResponse> answer(ClientConnection connection, HttpRequest request) {
    HttpRequest from =
        request.addAttribute(
            AttributeKeys.remoteAddress, RemoteAddress.create(connection.address()));
    return handler.apply(from).thenApply(response -> replied(connection, request, response));
  }

  private HttpResponse replied(
      ClientConnection connection, HttpRequest request, HttpResponse response) {
    HttpResponse reply = response;
    long held = 0;
    boolean whole = reply.entity() instanceof HttpEntity.Strict;
    if (reply.entity() instanceof HttpEntity.Strict strict
        && strict.getData().size() > LARGE_REPLY) {
      held = strict.getData().size();
      if (!table.takeReply(held)) {
        held = 0;
        reply = noRoom.apply(request, response);
      }
    }
    connection.replied(whole, held);
    if (connection.isClosed()) {
      // Nobody reads this reply, and the release at the end of the connection may have been before.
      table.releaseReply(connection);
    }
    return draining || !whole ? reply.addHeader(CLOSE) : reply;
  }
}
