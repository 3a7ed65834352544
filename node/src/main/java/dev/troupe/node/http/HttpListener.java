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
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.duration.FiniteDuration;

/**
 * Owns a port on which an HTTP server listens, and the connections to it. It accepts connections by
 * itself, instead of with {@code Http.newServerAt}, so that a {@link ConnectionGuard} stands
 * between each socket and the parser. Thread-safe.
 */
public final class HttpListener {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

  /** Marks a reply that is made while it is sent. The connection closes after it. */
  public static final AttributeKey<Boolean> STREAM = AttributeKey.create("stream", Boolean.class);

  /** To be run by the handler of a request whose body passes in chunks, and is not held. */
  public static final AttributeKey<Runnable> BODY_STREAMED =
      AttributeKey.create("body-streamed", Runnable.class);

  private static final Duration MAX_REAP_INTERVAL = Duration.ofMillis(100);
  // Pekko HTTP's own servers use the same delay.
  private static final FiniteDuration CANCELLATION_DELAY =
      FiniteDuration.create(100, TimeUnit.MILLISECONDS);

  /** Makes the reply that replaces one for which there is no memory. */
  public interface Fallback extends BiFunction<HttpRequest, HttpResponse, HttpResponse> {}

  /** Decides which connections are served; the others are closed without a response. */
  @FunctionalInterface
  public interface Admission {
    boolean admits(InetSocketAddress peer, InetSocketAddress local);

    /** Serves everybody. */
    Admission ALL = (peer, local) -> true;
  }

  private final ActorSystem<?> system;
  private final Materializer materializer;
  private final ConnectionLimits limits;
  private final ConnectionTable table;
  private final ConnectionMemory memory;
  private final RequestDispatcher dispatcher;
  private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http;
  private final Admission admission;
  private final Cancellable reaping;
  private volatile Tcp.@Nullable ServerBinding binding;

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
    this.limits = limits;
    ConnectionCounters counters = new ConnectionCounters(name);
    this.table = new ConnectionTable(limits, counters);
    this.memory = new ConnectionMemory(limits, table, counters);
    this.dispatcher =
        new RequestDispatcher(limits, memory, InternalDispatcher.of(system), handler, noRoom);
    this.http = Http.get(system).serverLayer(settings).atop(withoutTls());
    this.admission = admission;
    ConnectionReaper reaper = new ConnectionReaper(limits, table, memory, counters);
    Duration interval =
        List.of(
                MAX_REAP_INTERVAL,
                limits.headTimeout(),
                limits.writeTimeout(),
                limits.idleTimeout())
            .stream()
            .min(Duration::compareTo)
            .orElse(MAX_REAP_INTERVAL);
    this.reaping =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                interval, interval, () -> reaper.run(System.nanoTime()), system.executionContext());
  }

  /**
   * Binds a port and serves the connections to it.
   *
   * @param name of the server, for the log
   * @param settings of HTTP; those about connections are ignored in favour of {@code limits}
   * @param handler answers each request; must neither block, throw nor fail
   * @param noRoom answers where there is no memory for the reply of {@code handler}
   * @return fails when the port cannot be bound
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
    ConnectionLimits capped = limits.cappedBy(OpenFiles.now(), name);
    HttpListener listener =
        new HttpListener(system, name, settings, capped, admission, handler, noRoom);
    return Tcp.get(system)
        .bind(
            host, port, settings.getBacklog(), settings.getSocketOptions(), false, Optional.empty())
        .mapAsync(1, listener::accept)
        .to(Sink.ignore())
        .run(listener.materializer)
        .whenComplete(
            (bound, failure) -> {
              if (failure != null) {
                listener.reaping.cancel();
              }
            })
        .thenApply(listener::onBound);
  }

  // Pekko's TLSPlacebo would read all certificates that the JDK trusts, only to make up a session.
  private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>
      withoutTls() {
    return BidiFlow.fromFlows(
        Flow.of(SslTlsOutbound.class).collectType(SendBytes.class).map(SendBytes::bytes),
        Flow.of(ByteString.class).map(bytes -> new SessionBytes(null, bytes)));
  }

  private HttpListener onBound(Tcp.ServerBinding bound) {
    binding = bound;
    return this;
  }

  public InetSocketAddress localAddress() {
    return Objects.requireNonNull(binding).localAddress();
  }

  public ConnectionStats stats() {
    return table.stats();
  }

  /**
   * Accepts no more connections. Each further reply on the open ones tells its client to open
   * another connection for the next request.
   */
  public CompletionStage<Void> unbind() {
    dispatcher.closeAfterReplies();
    return Objects.requireNonNull(binding).unbind().thenAccept(done -> {});
  }

  /**
   * Closes each connection as soon as it has no request.
   *
   * @param timeout after which those that are left are closed, with 503 for requests in process
   * @return completes when no connection is left
   */
  public CompletionStage<Void> drain(Duration timeout) {
    Cancellable closing =
        system.scheduler().scheduleOnce(timeout, table::closeAll, system.executionContext());
    return table
        .drain()
        .whenComplete(
            (done, failure) -> {
              closing.cancel();
              reaping.cancel();
            });
  }

  /** Completes when the server may accept another connection. */
  private CompletionStage<Done> accept(Tcp.IncomingConnection incoming) {
    if (!admission.admits(incoming.remoteAddress(), incoming.localAddress())) {
      closeWith(ByteString.emptyByteString(), incoming);
      return table.readyToAccept();
    }
    ClientConnection connection = new ClientConnection(incoming.remoteAddress().getAddress());
    if (!table.add(connection)) {
      closeWith(Objects.requireNonNull(CloseReason.TOO_MANY_CONNECTIONS.reply()), incoming);
      return table.readyToAccept();
    }
    try {
      serve(connection, incoming);
    } catch (RuntimeException e) {
      log.error("a connection could not be served", e);
      onClosed(connection);
    }
    return table.readyToAccept();
  }

  private void serve(ClientConnection connection, Tcp.IncomingConnection incoming) {
    ConnectionGuard guard =
        new ConnectionGuard(connection, limits, memory, () -> onClosed(connection));
    Flow.of(HttpRequest.class)
        .mapAsync(1, request -> dispatcher.dispatch(connection, request))
        .join(http)
        .join(BidiFlow.fromGraph(guard))
        .join(incoming.flow())
        .addAttributes(
            Attributes.apply(
                new Attributes.CancellationStrategy(
                    Attributes.cancellationStrategyAfterDelay(
                        CANCELLATION_DELAY, Attributes.cancellationStrategyFailStage()))))
        .run(materializer);
  }

  private void onClosed(ClientConnection connection) {
    connection.onClosed();
    memory.releaseReply(connection);
    table.remove(connection);
  }

  private void closeWith(ByteString reply, Tcp.IncomingConnection incoming) {
    Source.single(reply)
        .viaMat(incoming.flow(), Keep.right())
        .to(Sink.cancelled())
        .run(materializer);
  }
}
