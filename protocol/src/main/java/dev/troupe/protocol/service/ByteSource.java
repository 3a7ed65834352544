package dev.troupe.protocol.service;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Flow;

/** Where the bytes of a {@link Download} come from. */
public sealed interface ByteSource {
  /**
   * Bytes that are read from a stream, on the pool for {@linkplain ServiceContext#blocking blocking
   * work}.
   */
  record Opened(Opener opener) implements ByteSource {}

  /** Bytes that somebody publishes. */
  record Published(Flow.Publisher<byte[]> publisher) implements ByteSource {}

  /** Opens a stream that the host reads and closes. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }
}
