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

/**
 * The methods of a path that has routes, and the responses that name them.
 *
 * @param methods in the form of the {@code Allow} header, HEAD and OPTIONS included
 */
record AllowedMethods(String methods) {
  private static final String PATCH = HttpMethod.PATCH.name();
  private static final HttpHeader ACCEPT_PATCH =
      RawHeader.create("Accept-Patch", "application/json, application/merge-patch+json");

  /** The methods of the path; empty when it has no routes. */
  static Optional<AllowedMethods> at(RouteTable<?> table, List<String> segments) {
    Set<HttpMethod> routed = table.methodsAt(segments);
    if (routed.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (HttpMethod method : routed) {
      names.add(method.name());
      if (method == HttpMethod.GET) {
        names.add("HEAD");
      }
    }
    names.add("OPTIONS");
    return Optional.of(new AllowedMethods(String.join(", ", names)));
  }

  HttpResponse optionsResponse() {
    HttpResponse options = JsonResponses.empty(204).addHeader(header());
    // RFC 5789, 3.1: the response to OPTIONS names the formats of PATCH.
    return methods.contains(PATCH) ? options.addHeader(ACCEPT_PATCH) : options;
  }

  HttpResponse methodNotAllowed(Exchange exchange) {
    String message = "%s is not possible (expected: %s)".formatted(exchange.what(), methods);
    return exchange.error(405, message).addHeader(header());
  }

  private HttpHeader header() {
    return RawHeader.create("Allow", methods);
  }
}
