package dev.troupe.protocol.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The output of an action whose reply may be larger than memory: a file, an export. A client that
 * reads slowly slows down the source; one that goes away ends it. When the source fails or takes
 * longer than {@code troupe.streams.chunk-timeout} for the next bytes, the connection of the client
 * is aborted, so that the client does not take a part for the whole.
 *
 * @param type the media type, like {@code application/zip}
 * @param fileName under which browsers save it; null if they are to show it
 * @param length in bytes, {@link #UNKNOWN} if it is not known; a source that has another number of
 *     bytes is a failure
 */
public record Download(String type, @Nullable String fileName, long length, ByteSource source)
    implements StreamedOutput {
  public static final long UNKNOWN = -1;

  /**
   * @throws IllegalArgumentException when {@code type} is no media type, or {@code length} is less
   *     than {@link #UNKNOWN}
   */
  public Download {
    MediaType.check(type);
    if (length < UNKNOWN) {
      throw new IllegalArgumentException(
          "length %d (expected: 0 or more, or Download.UNKNOWN)".formatted(length));
    }
  }

  /**
   * The bytes of a file, which must not change meanwhile.
   *
   * @throws IOException when the file does not exist
   */
  public static Download of(String type, Path file) throws IOException {
    return of(type, () -> Files.newInputStream(file)).withLength(Files.size(file));
  }

  /** The bytes of a stream, which is opened once and closed at the end. */
  public static Download of(String type, ByteSource.Opener opener) {
    return new Download(type, null, UNKNOWN, new ByteSource.Opened(opener));
  }

  /** The bytes that somebody publishes. */
  public static Download of(String type, Flow.Publisher<byte[]> publisher) {
    return new Download(type, null, UNKNOWN, new ByteSource.Published(publisher));
  }

  /** The same download, which browsers save under {@code fileName}. */
  public Download named(String fileName) {
    return new Download(type, fileName, length, source);
  }

  public Download withLength(long bytes) {
    return new Download(type, fileName, bytes, source);
  }

  @Override
  public Map<String, String> headers() {
    return fileName == null
        ? Map.of()
        : Map.of("Content-Disposition", ContentDisposition.attachment(fileName));
  }
}
