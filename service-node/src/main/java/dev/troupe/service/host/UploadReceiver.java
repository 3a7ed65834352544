package dev.troupe.service.host;

import dev.troupe.node.stream.ChunkReceiver;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.service.Upload;
import dev.troupe.protocol.service.UploadException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;

/** Receives the bodies of uploads for handlers that block. Thread-safe. */
final class UploadReceiver implements Upload.Receiver {
  private static final int BUFFERED_CHUNKS = 2;

  private final ActorSystem<?> system;
  private final Duration chunkTimeout;

  UploadReceiver(ActorSystem<?> system, Duration chunkTimeout) {
    this.system = system;
    this.chunkTimeout = chunkTimeout;
  }

  @Override
  public InputStream open(BodyStream body) {
    // The receiver ends before its reader loses patience, and says why.
    Duration patience = chunkTimeout.multipliedBy(2);
    return new Body(
        Source.fromGraph(new ChunkReceiver(body.source(), chunkTimeout))
            .runWith(
                StreamConverters.asInputStream(patience)
                    .withAttributes(Attributes.inputBuffer(BUFFERED_CHUNKS, BUFFERED_CHUNKS)),
                SystemMaterializer.get(system).materializer()));
  }

  private static final class Body extends FilterInputStream {
    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw explained(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        throw explained(e);
      }
    }

    private static UploadException explained(IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new UploadException("the body did not arrive as a whole: " + cause.getMessage());
    }
  }
}
