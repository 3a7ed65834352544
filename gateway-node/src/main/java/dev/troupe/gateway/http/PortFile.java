package dev.troupe.gateway.http;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code run/gateway.port}: the port that was taken when the settings ask for any free
 * one. A gateway that is launched again listens on the same port, and several gateways share it.
 */
final class PortFile {
  private static final Logger log = LoggerFactory.getLogger(PortFile.class);
  private static final int ANY = 0;

  private final Path file;

  PortFile(Path run) {
    this.file = run.resolve("gateway.port");
  }

  /** The port in the file; 0 if there is none. */
  int read() {
    try {
      int port = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : ANY;
      return port > 0 && port <= 65535 ? port : ANY;
    } catch (IOException | NumberFormatException e) {
      log.warn("{} cannot be read ({}); taking any free port", file, e.toString());
      return ANY;
    }
  }

  /** Deletes the file, because its port is taken by another process. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Writes {@code port} unless another gateway has written its own.
   *
   * @return the port in the file
   */
  int write(int port) throws IOException {
    Files.createDirectories(file.getParent());
    Path temporary = Files.createTempFile(file.getParent(), "gateway.port", ".new");
    try {
      Files.writeString(temporary, Integer.toString(port));
      // A link appears as a whole, and only if there is no file: no reader sees half a number.
      Files.createLink(file, temporary);
      return port;
    } catch (FileAlreadyExistsException anotherWasFirst) {
      int written = read();
      return written == ANY ? port : written;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
