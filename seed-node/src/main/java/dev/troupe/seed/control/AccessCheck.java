package dev.troupe.seed.control;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Decides whether a request to the management API may be answered. Programs send the token of
 * {@code run/control.json}; browsers have a session, and then a page of another origin must not be
 * the one that asks.
 */
final class AccessCheck {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final ControlToken token;
  private final Sessions sessions;

  AccessCheck(ControlToken token, Sessions sessions) {
    this.token = token;
    this.sessions = sessions;
  }

  /**
   * Why a request is refused.
   *
   * @param login whether a login helps
   */
  record Refusal(int code, String message, boolean login) {}

  /** Nothing if the request may be answered. */
  Optional<Refusal> refusal(HttpRequest request, Permission needed) {
    // A page whose own name resolves to this address (DNS rebinding) has another name.
    if (!LOOPBACK.contains(hostName(request))) {
      return refused(
          403, "the Host header must name the loopback: 127.0.0.1, localhost or [::1]", false);
    }
    if (needed == Permission.NONE || token.isIn(header(request, "Authorization").orElse(""))) {
      return Optional.empty();
    }
    if (header(request, "Authorization").isEmpty()
        && sessions.isIn(header(request, "Cookie").orElse(""))) {
      return isOfOtherOrigin(request)
          ? refused(403, "a page of another origin may not use the session of the dashboard", false)
          : Optional.empty();
    }
    return refused(
        401, "the token of run/control.json is needed, as Authorization: Bearer TOKEN", true);
  }

  private static Optional<Refusal> refused(int code, String message, boolean login) {
    return Optional.of(new Refusal(code, message, login));
  }

  // Every browser of today sends one of the two headers with each request that is not a plain
  // navigation. A cookie that is SameSite=Strict comes only with requests of the same site, but
  // another port of this host is the same site.
  private static boolean isOfOtherOrigin(HttpRequest request) {
    Optional<String> site = header(request, "Sec-Fetch-Site");
    if (site.isPresent() && !Set.of("same-origin", "none").contains(site.get())) {
      return true;
    }
    Optional<String> origin = header(request, "Origin");
    if (origin.isPresent()) {
      return !origin.get().equals("http://" + host(request));
    }
    return site.isEmpty() && !SAFE.contains(request.method().name());
  }

  private static String hostName(HttpRequest request) {
    String host = host(request);
    int port = host.lastIndexOf(':');
    boolean hasPort = port > host.lastIndexOf(']');
    return (hasPort ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
  }

  private static String host(HttpRequest request) {
    return header(request, "Host").orElse("");
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(found -> found.value());
  }
}
