package dev.troupe.gateway.request;

import dev.troupe.protocol.settings.GatewaySettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests that are dangerous on any path: requests whose end is not certain, requests for
 * a host name that is not the gateway's, and changes that a web page of another origin makes the
 * browser of its visitor send (CSRF). Thread-safe.
 */
final class RequestFilter {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  // The values of Sec-Fetch-Site for a page of the same origin, and for a request without a page.
  private static final Set<String> SAME_SITE = Set.of("same-origin", "none");
  private static final int MAX_SHOWN = 100;

  /**
   * Why a request is rejected.
   *
   * @param closes whether the connection must be closed, because the next bytes on it may still
   *     belong to this request
   */
  record Rejection(int httpCode, String message, boolean closes) {
    Rejection(int httpCode, String message) {
      this(httpCode, message, false);
    }
  }

  private final AllowedHosts hosts;

  RequestFilter(GatewaySettings gateway) {
    this.hosts = new AllowedHosts(gateway);
  }

  Optional<Rejection> check(HttpRequest request, RequestHeaders headers) {
    String framing = headers.illegalFraming();
    if (framing != null) {
      return Optional.of(
          new Rejection(
              400,
              "the header '%s' is illegal, so the end of the request is not certain"
                  .formatted(framing),
              true));
    }
    String host = headers.illegalHost();
    // HTTP/1.0 does not know the header, so its clients may leave it empty.
    if (host != null && !(host.isEmpty() && request.protocol().equals(HttpProtocols.HTTP_1_0))) {
      return Optional.of(
          new Rejection(
              400,
              "the Host header '%s' is not a host (expected: NAME, ADDRESS or [IPV6-ADDRESS], optionally with :PORT)"
                  .formatted(printable(host))));
    }
    Uri uri = request.getUri();
    if (!hosts.allows(uri.host())) {
      return Optional.of(
          new Rejection(
              421,
              "'%s' is not a host name of the gateway; if it should be, add it to troupe.gateway.allowed-hosts"
                  .formatted(printable(uri.host().address()))));
    }
    return SAFE.contains(request.method().name())
        ? Optional.empty()
        : checkOrigin(request, headers);
  }

  private Optional<Rejection> checkOrigin(HttpRequest request, RequestHeaders headers) {
    if (!isSameSite(request.getUri(), headers)) {
      return Optional.of(
          new Rejection(
              403,
              "a web page of another origin (%s) made this request, and may not change anything here"
                  .formatted(
                      printable(headers.origin() == null ? "Sec-Fetch-Site" : headers.origin()))));
    }
    return Optional.empty();
  }

  private boolean isSameSite(Uri uri, RequestHeaders headers) {
    if ("null".equals(headers.origin())) {
      // Browsers send this for a sandboxed frame, a file, or a redirect between origins.
      return false;
    }
    String site = headers.fetchSite();
    if (site != null) {
      return SAME_SITE.contains(site.toLowerCase(Locale.ROOT));
    }
    String origin = headers.origin();
    return origin == null || isSameOrigin(origin, uri);
  }

  // Browsers that do not know Sec-Fetch-Site send Origin with each request that is not a GET.
  private boolean isSameOrigin(String origin, Uri uri) {
    URI parsed = parsed(origin);
    if (parsed == null || parsed.getHost() == null) {
      return false;
    }
    String host = parsed.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    int port =
        parsed.getPort() >= 0 ? parsed.getPort() : "https".equals(parsed.getScheme()) ? 443 : 80;
    return host.equals(uri.host().address()) && port == uri.port();
  }

  private static @Nullable URI parsed(String origin) {
    try {
      return new URI(origin);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Text of a client for use in a message: without invisible characters, and shortened. */
  static String printable(String text) {
    String visible = text.replaceAll("[^ -~]", "?");
    return visible.length() <= MAX_SHOWN ? visible : visible.substring(0, MAX_SHOWN) + "…";
  }
}
