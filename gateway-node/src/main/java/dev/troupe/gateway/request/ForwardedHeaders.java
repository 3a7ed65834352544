package dev.troupe.gateway.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMessage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.ProductVersion;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.headers.UserAgent;

/**
 * The headers that pass between a client and a program: all but those of the connection (RFC 9110,
 * 7.6.1), and those that Pekko HTTP makes from the entity or the gateway sets itself.
 */
final class ForwardedHeaders {
  private static final String USER_AGENT = "user-agent";
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_HOST = "X-Forwarded-Host";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  private static final Set<String> MADE_ANEW =
      Set.of("content-length", "content-type", "x-request-id", "traceparent", "tracestate");
  private static final Set<String> ONLY_OF_REQUESTS = Set.of("expect");
  private static final Set<String> ONLY_OF_RESPONSES = Set.of("date", "server");

  private ForwardedHeaders() {}

  /** The headers of the request that a program gets. */
  static List<HttpHeader> ofRequest(Exchange exchange) {
    HttpRequest request = exchange.request();
    List<HttpHeader> headers = new ArrayList<>();
    List<String> proxies = new ArrayList<>();
    String host = null;
    String proto = null;
    for (HttpHeader header : passed(request, ONLY_OF_REQUESTS)) {
      switch (header.lowercaseName()) {
        case "x-forwarded-for" -> proxies.add(header.value());
        case "x-forwarded-host" -> host = header.value();
        case "x-forwarded-proto" -> proto = header.value();
        // Pekko HTTP refuses to send it as a raw header.
        case USER_AGENT -> headers.add(UserAgent.create(ProductVersion.create(header.value(), "")));
        default -> headers.add(header);
      }
    }
    request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(RemoteAddress::getAddress)
        .ifPresent(address -> proxies.add(address.getHostAddress()));
    if (!proxies.isEmpty()) {
      headers.add(RawHeader.create(FORWARDED_FOR, String.join(", ", proxies)));
    }
    String given = request.getHeader("Host").map(HttpHeader::value).orElse("");
    headers.add(RawHeader.create(FORWARDED_HOST, host == null ? given : host));
    headers.add(
        RawHeader.create(FORWARDED_PROTO, proto == null ? request.getUri().getScheme() : proto));
    headers.add(RawHeader.create(RequestHeaders.REQUEST_ID, exchange.id()));
    headers.add(RawHeader.create("traceparent", exchange.trace().traceparent()));
    if (exchange.trace().state() != null) {
      headers.add(RawHeader.create("tracestate", exchange.trace().state()));
    }
    return headers;
  }

  /** The headers of the response of a program that its client gets. */
  static List<HttpHeader> ofResponse(HttpResponse response) {
    return passed(response, ONLY_OF_RESPONSES);
  }

  private static List<HttpHeader> passed(HttpMessage message, Set<String> further) {
    Set<String> named = namedByConnection(message);
    List<HttpHeader> passed = new ArrayList<>();
    for (HttpHeader header : message.getHeaders()) {
      String name = header.lowercaseName();
      boolean stays =
          ConnectionHeaders.NAMES.contains(name)
              || MADE_ANEW.contains(name)
              || further.contains(name)
              || named.contains(name);
      if (!stays) {
        passed.add(header);
      }
    }
    return passed;
  }

  private static Set<String> namedByConnection(HttpMessage message) {
    Set<String> named = new HashSet<>();
    for (HttpHeader header : message.getHeaders()) {
      if (header.is(ConnectionHeaders.CONNECTION)) {
        for (String name : header.value().split(",", -1)) {
          named.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return named;
  }
}
