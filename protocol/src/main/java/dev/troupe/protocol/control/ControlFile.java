package dev.troupe.protocol.control;

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

  /** Leaves the token out, so that it never reaches a log. */
  @Override
  public String toString() {
    return "ControlFile[url=" + url + ", pid=" + pid + "]";
  }
}
