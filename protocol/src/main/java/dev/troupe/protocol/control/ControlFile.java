package dev.troupe.protocol.control;

import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of {@code run/control.json} (mode 0600): how the launcher reaches the seed node.
 *
 * @param url of the control API, on the loopback
 * @param token to send as {@code Authorization: Bearer}
 * @param pid of the seed node
 */
public record ControlFile(String url, String token, long pid) {
  public static final String NAME = "control.json";

  /** The token alone, beside it, for programs that read it from a file, like Prometheus. */
  public static final String TOKEN_FILE = "management.token";

  /**
   * Reads the file.
   *
   * @param run the directory of the running cluster's files
   * @throws IOException when there is none, or it is damaged
   */
  public static ControlFile read(Path run) throws IOException {
    return Json.MAPPER.readValue(Files.readAllBytes(run.resolve(NAME)), ControlFile.class);
  }

  /** Leaves the token out, so that it never reaches a log. */
  @Override
  public String toString() {
    return "ControlFile[url=" + url + ", pid=" + pid + "]";
  }
}
