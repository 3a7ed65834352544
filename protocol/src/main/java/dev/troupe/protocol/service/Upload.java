package dev.troupe.protocol.service;

import dev.troupe.protocol.call.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body of a request to an action that is stated as {@link Action#upload}: it may be larger than
 * memory, and arrives as fast as it is read. For {@linkplain ActionHandler#blocking blocking
 * handlers}, which read it before they give their outcome.
 */
public final class Upload {
  /** Receives the chunks of a body. The host of a service has one. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * @return fails with {@link UploadException} when the body does not arrive as a whole
     */
    InputStream open(BodyStream body);
  }

  private final BodyStream body;
  private final Receiver receiver;
  private final AtomicBoolean opened = new AtomicBoolean();

  Upload(BodyStream body, Receiver receiver) {
    this.body = body;
    this.receiver = receiver;
  }

  /** The media type that the client named; {@code application/octet-stream} if it named none. */
  public String type() {
    return body.type();
  }

  /** In bytes; {@link Download#UNKNOWN} if the client did not say it. */
  public long length() {
    return body.length();
  }

  /**
   * The bytes, which can be read once.
   *
   * @return to be closed by the caller. Reading fails with {@link UploadException} when the body
   *     does not arrive as a whole; the client then gets 400 if the handler lets it pass
   * @throws IllegalStateException at the second call
   */
  public InputStream open() {
    if (opened.getAndSet(true)) {
      throw new IllegalStateException("the body was opened before (expected: once)");
    }
    return receiver.open(body);
  }

  /**
   * Saves the whole body. The file appears, or is replaced, when the body has arrived as a whole;
   * until then the bytes are in a file beside it, {@code .upload-….part}, which only a process that
   * is killed leaves behind.
   *
   * @return its size in bytes
   */
  public long saveTo(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path arriving = Files.createTempFile(directory, ".upload-", ".part");
    try {
      long bytes;
      try (InputStream in = open()) {
        bytes = Files.copy(in, arriving, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(arriving, file, StandardCopyOption.REPLACE_EXISTING);
      return bytes;
    } finally {
      Files.deleteIfExists(arriving);
    }
  }
}
