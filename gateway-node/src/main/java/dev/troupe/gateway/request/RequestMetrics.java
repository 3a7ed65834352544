package dev.troupe.gateway.request;

import dev.troupe.node.metrics.Histogram;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.protocol.service.HttpMethod;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long requests take until the head of their response is ready, by method, route and
 * status. Thread-safe.
 */
public final class RequestMetrics {
  private static final int FIRST_CODE = 100;
  private static final int LAST_CODE = 599;

  // Each deployment may bring new paths.
  private static final int MOST_ROUTES = 1_000;
  private static final String NO_ROUTE = "";
  private static final String OTHER = "_OTHER";
  private static final Set<String> METHODS =
      Stream.concat(
              Arrays.stream(HttpMethod.values()).map(HttpMethod::name),
              Stream.of("HEAD", "OPTIONS", "TRACE"))
          .collect(Collectors.toUnmodifiableSet());

  private final NodeMetrics metrics;
  private final Measured unmeasured = new Measured(null, 0);
  private final Map<String, Map<String, @Nullable Histogram[]>> byRoute = new ConcurrentHashMap<>();

  /**
   * @param metrics get the histograms
   */
  public RequestMetrics(NodeMetrics metrics) {
    this.metrics = metrics;
  }

  /** A request whose duration is measured from now on. */
  Measured begin(HttpRequest request) {
    return metrics.isEnabled() ? new Measured(request, System.nanoTime()) : unmeasured;
  }

  /** One request. Used by one thread at a time. */
  final class Measured {
    private final @Nullable HttpRequest request;
    private final long begunAtNanos;
    private String route = NO_ROUTE;

    private Measured(@Nullable HttpRequest request, long begunAtNanos) {
      this.request = request;
      this.begunAtNanos = begunAtNanos;
    }

    /** The request has this route, not none. */
    void matched(String path) {
      if (request != null) {
        route = path;
      }
    }

    /**
     * Records the duration when {@code response} is there.
     *
     * @return {@code response}
     */
    CompletionStage<HttpResponse> ended(CompletionStage<HttpResponse> response) {
      HttpRequest measured = request;
      if (measured != null) {
        response.whenComplete(
            (ready, failure) -> {
              if (ready != null) {
                record(measured, ready.status().intValue());
              }
            });
      }
      return response;
    }

    private void record(HttpRequest measured, int code) {
      histogram(route, measured.method().name(), code).record(System.nanoTime() - begunAtNanos);
    }
  }

  private Histogram histogram(String path, String method, int code) {
    String route = byRoute.size() < MOST_ROUTES || byRoute.containsKey(path) ? path : OTHER;
    String known = METHODS.contains(method) ? method : OTHER;
    @Nullable Histogram[] byCode = byCode(route, known);
    int index = Math.max(FIRST_CODE, Math.min(code, LAST_CODE)) - FIRST_CODE;
    Histogram histogram = byCode[index];
    if (histogram == null) {
      // Another thread may do the same now, and gets the same one.
      histogram = create(route, known, code);
      byCode[index] = histogram;
    }
    return histogram;
  }

  private @Nullable Histogram[] byCode(String route, String method) {
    Map<String, @Nullable Histogram[]> byMethod = byRoute.get(route);
    if (byMethod == null) {
      byMethod = byRoute.computeIfAbsent(route, any -> new ConcurrentHashMap<>());
    }
    @Nullable Histogram[] byCode = byMethod.get(method);
    return byCode != null
        ? byCode
        : byMethod.computeIfAbsent(
            method, any -> new @Nullable Histogram[LAST_CODE - FIRST_CODE + 1]);
  }

  private Histogram create(String route, String method, int code) {
    return metrics.histogram(
        NodeMetrics.REQUESTS_OF_CLIENTS,
        "From when a request was complete up to its body until the head of its response.",
        Map.of(
            "http_request_method",
            method,
            "http_route",
            route,
            "http_response_status_code",
            Integer.toString(code)));
  }
}
