package dev.troupe.gateway.request;

import dev.troupe.node.http.HttpListener;
import dev.troupe.node.program.ResponseBodies;
import dev.troupe.node.stream.ChunkReceiver;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.settings.StreamSettings;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the streams of services on to clients, each as fast as its client reads. A stream that
 * ends before its end aborts the connection, so that its client does not take a part for the whole.
 * Thread-safe.
 */
public final class StreamedResponses {
  private static final Logger log = LoggerFactory.getLogger(StreamedResponses.class);

  private final ActorSystem<?> system;
  private final StreamSettings settings;
  private final AtomicInteger open = new AtomicInteger();
  private final SharedKillSwitch events = KillSwitches.shared("event-streams");

  public StreamedResponses(ActorSystem<?> system, StreamSettings settings) {
    this.system = system;
    this.settings = settings;
  }

  /** Ends the event streams, which have no end by themselves. Downloads go on. */
  public void drain() {
    events.shutdown();
  }

  /**
   * @param head the response without its body
   */
  HttpResponse response(Exchange exchange, HttpResponse head, ContentType type, BodyStream body) {
    if (open.get() >= settings.max()) {
      ChunkReceiver.discard(body.source(), system.ignoreRef());
      return tooMany(exchange);
    }
    if (body.length() == 0) {
      ChunkReceiver.discard(body.source(), system.ignoreRef());
      return head.withEntity(HttpEntities.create(type, ByteString.emptyByteString()));
    }
    Source<ByteString, ?> bytes = bytes(exchange, type, body);
    return head.withEntity(
            body.length() == BodyStream.UNKNOWN
                ? HttpEntities.create(type, bytes)
                : HttpEntities.create(type, body.length(), bytes))
        .addAttribute(HttpListener.STREAM, true);
  }

  /**
   * Passes the response of a program on.
   *
   * @param response its body is still arriving, and may break off
   */
  HttpResponse passedOn(Exchange exchange, HttpResponse response) {
    if (open.get() >= settings.max()) {
      ResponseBodies.cancel(response, SystemMaterializer.get(system).materializer());
      return tooMany(exchange);
    }
    ContentType type = response.entity().getContentType();
    boolean endless = ResponseBodies.isEventStream(type);
    Flow<ByteString, ByteString, NotUsed> passed = Flow.create();
    Flow<ByteString, ByteString, NotUsed> watched =
        (endless ? passed.via(events.flow()) : passed.idleTimeout(settings.chunkTimeout()))
            .watchTermination(
                (none, done) -> {
                  open.incrementAndGet();
                  done.whenComplete((end, failure) -> onEnd(exchange, failure));
                  return none;
                });
    return ResponseBodies.via(response, watched).addAttribute(HttpListener.STREAM, true);
  }

  private HttpResponse tooMany(Exchange exchange) {
    return exchange.error(
        503,
        "this gateway has %d streams open (troupe.streams.max); try again later"
            .formatted(settings.max()));
  }

  private Source<ByteString, ?> bytes(Exchange exchange, ContentType type, BodyStream body) {
    Source<ByteString, ?> chunks =
        Source.fromGraph(new ChunkReceiver(body.source(), settings.chunkTimeout()));
    Source<ByteString, ?> ended =
        ResponseBodies.isEventStream(type) ? chunks.via(events.flow()) : chunks;
    return ended.watchTermination(
        (none, done) -> {
          open.incrementAndGet();
          done.whenComplete((end, failure) -> onEnd(exchange, failure));
          return none;
        });
  }

  private void onEnd(Exchange exchange, @Nullable Throwable failure) {
    open.decrementAndGet();
    if (failure != null) {
      log.warn(
          "[{}] {} ended before the end of its stream: {}",
          exchange.id(),
          exchange.what(),
          failure.getMessage());
    }
  }
}
