package dev.troupe.service.host;

import dev.troupe.node.stream.Chunks;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.service.ByteSource;
import dev.troupe.protocol.service.Download;
import dev.troupe.protocol.service.EventStream;
import dev.troupe.protocol.service.ServerSentEvent;
import dev.troupe.protocol.service.StreamedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Makes the chunks of an output, each when it is asked for. */
final class StreamSources {
  private static final ByteString COMMENT = ByteString.fromString(":\n\n");

  private final Duration heartbeat;
  private final Executor blocking;

  /**
   * @param heartbeat how long an event stream may send nothing
   * @param blocking reads what has to be waited for
   */
  StreamSources(Duration heartbeat, Executor blocking) {
    this.heartbeat = heartbeat;
    this.blocking = blocking;
  }

  Source<ByteString, ?> of(StreamedOutput output) {
    Source<ByteString, ?> bytes =
        output instanceof EventStream events
            ? events(events)
            : download(((Download) output).source());
    return bytes.via(Chunks.split());
  }

  // The first comment begins the reply, which otherwise would begin with the first event.
  private Source<ByteString, ?> events(EventStream stream) {
    Source<ServerSentEvent, ?> events =
        stream.events() instanceof EventStream.Events.Listed listed
            ? listed(listed.list())
            : JavaFlowSupport.Source.fromPublisher(
                ((EventStream.Events.Published) stream.events()).publisher());
    return events
        .map(ServerSentEvent::text)
        .map(ByteString::fromString)
        .keepAlive(heartbeat, () -> COMMENT)
        .prepend(Source.single(COMMENT));
  }

  private Source<ServerSentEvent, ?> listed(Iterable<ServerSentEvent> list) {
    return Source.unfoldResourceAsync(
        () -> CompletableFuture.supplyAsync(list::iterator, blocking),
        events ->
            CompletableFuture.supplyAsync(
                () -> events.hasNext() ? Optional.of(events.next()) : Optional.empty(), blocking),
        events -> CompletableFuture.completedFuture(Done.done()));
  }

  private Source<ByteString, ?> download(ByteSource source) {
    return source instanceof ByteSource.Opened opened
        ? read(opened.opener())
        : JavaFlowSupport.Source.fromPublisher(((ByteSource.Published) source).publisher())
            .map(ByteString::fromArray);
  }

  private Source<ByteString, ?> read(ByteSource.Opener opener) {
    return Source.unfoldResourceAsync(
        () -> CompletableFuture.supplyAsync(() -> unchecked(opener::open), blocking),
        stream -> CompletableFuture.supplyAsync(() -> unchecked(() -> next(stream)), blocking),
        this::close);
  }

  private static Optional<ByteString> next(InputStream stream) throws IOException {
    byte[] buffer = new byte[BodyStream.CHUNK];
    int length = stream.read(buffer);
    return length < 0
        ? Optional.empty()
        : Optional.of(ByteString.fromArrayUnsafe(buffer, 0, length));
  }

  private CompletableFuture<Done> close(InputStream stream) {
    Runnable close =
        () ->
            unchecked(
                () -> {
                  stream.close();
                  return Done.done();
                });
    try {
      return CompletableFuture.runAsync(close, blocking).thenApply(closed -> Done.done());
    } catch (RejectedExecutionException full) {
      // A close is short, and nobody else closes the stream.
      close.run();
      return CompletableFuture.completedFuture(Done.done());
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T unchecked(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
