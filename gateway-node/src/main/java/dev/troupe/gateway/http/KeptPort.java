package dev.troupe.gateway.http;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code run/gateway.port}: the port that was found when any free one was asked for, so that a
 * gateway that is launched again, and one that joins another, listens where clients know it.
 */
final class KeptPort {
  private static final Logger log = LoggerFactory.getLogger(KeptPort.class);
  private static final int ANY = 0;

  private final Path file;

  KeptPort(Path run) {
    this.file = run.resolve("gateway.port");
  }

  /** The port to try first; 0 if none is kept. */
  int read() {
    try {
      int port = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : ANY;
      return port > 0 && port <= 65535 ? port : ANY;
    } catch (IOException | NumberFormatException e) {
      log.warn("{} cannot be read ({}); taking any free port", file, e.toString());
      return ANY;
    }
  }

  /** Forgets a port that cannot be had any more. */
  void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Keeps {@code port} unless another gateway was first.
   *
   * @return the port that is kept
   */
  int keep(int port) throws IOException {
    Files.createDirectories(file.getParent());
    Path whole = Files.createTempFile(file.getParent(), "gateway.port", ".new");
    try {
      Files.writeString(whole, Integer.toString(port));
      // Whole or not at all, and only if there is none: a reader never sees half of it.
      Files.createLink(file, whole);
      return port;
    } catch (FileAlreadyExistsException anotherWasFirst) {
      int kept = read();
      return kept == ANY ? port : kept;
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
