package dev.troupe.gateway.request;

import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.gateway.route.RouteTable;
import dev.troupe.protocol.service.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** The methods a known path takes, HEAD and OPTIONS included. */
record Allow(String methods) {
  private static final String PATCH = HttpMethod.PATCH.name();
  private static final HttpHeader ACCEPT_PATCH =
      RawHeader.create("Accept-Patch", "application/json, application/merge-patch+json");

  /** Empty when the path is unknown. */
  static Optional<Allow> at(RouteTable<?> table, List<String> segments) {
    Set<HttpMethod> bound = table.methodsAt(segments);
    if (bound.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (HttpMethod method : bound) {
      names.add(method.name());
      if (method == HttpMethod.GET) {
        names.add("HEAD");
      }
    }
    names.add("OPTIONS");
    return Optional.of(new Allow(String.join(", ", names)));
  }

  HttpResponse options() {
    HttpResponse options = JsonResponses.empty(204).addHeader(header());
    // RFC 5789, 3.1.
    return methods.contains(PATCH) ? options.addHeader(ACCEPT_PATCH) : options;
  }

  HttpResponse refusal(Exchange exchange) {
    String message = "%s is not possible (expected: %s)".formatted(exchange.what(), methods);
    return exchange.error(405, message).addHeader(header());
  }

  private HttpHeader header() {
    return RawHeader.create("Allow", methods);
  }
}
