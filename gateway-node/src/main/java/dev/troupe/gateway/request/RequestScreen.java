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
 * Refuses what is dangerous whatever it asks for: requests whose end is not certain, requests under
 * a name that is not the gateway's, and those that a web page of somebody else makes its visitor's
 * browser send. Thread-safe.
 */
final class RequestScreen {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  // What a browser says when the page is of the same origin, or when there is none.
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
  private static final int MAX_SHOWN = 100;

  private final AllowedHosts hosts;

  RequestScreen(GatewaySettings gateway) {
    this.hosts = new AllowedHosts(gateway);
  }

  Optional<Refusal> refusal(HttpRequest request, RequestHeaders headers) {
    String framing = headers.unreadableFraming();
    if (framing != null) {
      return Optional.of(
          new Refusal(
              400,
              "'%s' cannot be read, so that the end of the request is not certain"
                  .formatted(framing),
              true));
    }
    String host = headers.unreadableHost();
    // An old client that does not know the header may leave it empty.
    if (host != null && !(host.isEmpty() && request.protocol().equals(HttpProtocols.HTTP_1_0))) {
      return Optional.of(
          new Refusal(
              400,
              "the Host header '%s' is not a host (expected: NAME, ADDRESS or [IPV6-ADDRESS], optionally with :PORT)"
                  .formatted(shown(host))));
    }
    Uri uri = request.getUri();
    if (!hosts.allows(uri.host())) {
      return Optional.of(
          new Refusal(
              421,
              "the gateway is not known as '%s'; if it should be, add that name to troupe.gateway.allowed-hosts"
                  .formatted(shown(uri.host().address()))));
    }
    return SAFE.contains(request.method().name()) ? Optional.empty() : unsafe(request, headers);
  }

  private Optional<Refusal> unsafe(HttpRequest request, RequestHeaders headers) {
    if (!isOfOwnSite(request.getUri(), headers)) {
      return Optional.of(
          new Refusal(
              403,
              "this request was made by a web page of another origin (%s), which may not change anything here"
                  .formatted(
                      shown(headers.origin() == null ? "Sec-Fetch-Site" : headers.origin()))));
    }
    return Optional.empty();
  }

  private boolean isOfOwnSite(Uri uri, RequestHeaders headers) {
    if ("null".equals(headers.origin())) {
      // A sandboxed frame, a file, or a redirect between origins.
      return false;
    }
    String site = headers.fetchSite();
    if (site != null) {
      return OWN_SITE.contains(site.toLowerCase(Locale.ROOT));
    }
    String origin = headers.origin();
    return origin == null || isOwn(origin, uri);
  }

  // Browsers too old for Sec-Fetch-Site send Origin with whatever is not a GET.
  private boolean isOwn(String origin, Uri uri) {
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

  /** What a client has sent, as it may be shown: visible, and not at length. */
  static String shown(String text) {
    String visible = text.replaceAll("[^ -~]", "?");
    return visible.length() <= MAX_SHOWN ? visible : visible.substring(0, MAX_SHOWN) + "…";
  }
}
