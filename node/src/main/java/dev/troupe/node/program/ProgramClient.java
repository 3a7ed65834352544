package dev.troupe.node.program;

import dev.troupe.node.http.HttpSettings;
import dev.troupe.node.stream.ChunkReceiver;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.ServiceRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.OutgoingConnection;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Opens connections to one program, and makes the requests and responses for them. */
final class ProgramClient {
  private final Materializer materializer;
  private final Duration chunkTimeout;
  private final Flow<HttpRequest, HttpResponse, CompletionStage<OutgoingConnection>> flow;

  /**
   * @param url of the program, like {@code http://127.0.0.1:20001}
   * @param chunkTimeout how long the next chunk of a request may take
   */
  ProgramClient(ActorSystem<?> system, String url, Duration chunkTimeout) {
    this.materializer = SystemMaterializer.get(system).materializer();
    this.chunkTimeout = chunkTimeout;
    URI uri = URI.create(url);
    this.flow =
        Http.get(system)
            .connectionTo(uri.getHost())
            .toPort(uri.getPort())
            .withClientConnectionSettings(HttpSettings.ofClient(system))
            .http();
  }

  ProgramConnection open(Consumer<ProgramConnection.Event> events) {
    return new ProgramConnection(flow, materializer, events);
  }

  HttpRequest request(ProgramCall call) {
    ServiceRequest request = call.request();
    ContentType type = call.proxied().type();
    BodyStream upload = request.upload();
    if (upload == null) {
      return request.data().isEmpty()
          ? call.proxied().head()
          : call.proxied()
              .head()
              .withEntity(
                  HttpEntities.create(type, ByteString.fromArrayUnsafe(request.data().bytes())));
    }
    Source<ByteString, ?> chunks =
        Source.fromGraph(new ChunkReceiver(upload.source(), chunkTimeout));
    return call.proxied()
        .head()
        .withEntity(
            upload.length() == BodyStream.UNKNOWN
                ? HttpEntities.create(type, chunks)
                : HttpEntities.create(type, upload.length(), chunks));
  }

  /** The response to HEAD: its length is that of the body that it does not have. */
  HttpResponse withoutBody(HttpResponse response) {
    if (response.entity().isStrict()) {
      return response;
    }
    cancel(response);
    return ResponseBodies.with(response, Source.empty());
  }

  /** Nobody wants the body. */
  void cancel(HttpResponse response) {
    ResponseBodies.cancel(response, materializer);
  }
}
