package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.node.http.HttpListener;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.SystemMaterializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each request to the management listener by its route, if the caller may use that. */
final class ManagementHandler implements Function<HttpRequest, CompletionStage<HttpResponse>> {
  private static final Logger log = LoggerFactory.getLogger(ManagementHandler.class);

  private static final long BODY_MILLIS = 5_000;

  // Nothing comes from elsewhere, and nobody may show the dashboard in a frame.
  private static final List<HttpHeader> HEADERS =
      Map.of(
              "X-Content-Type-Options", "nosniff",
              "Cache-Control", "no-store",
              "Referrer-Policy", "no-referrer",
              "Cross-Origin-Resource-Policy", "same-origin",
              "Content-Security-Policy",
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                      + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
                      + " frame-ancestors 'none'")
          .entrySet()
          .stream()
          .<HttpHeader>map(header -> RawHeader.create(header.getKey(), header.getValue()))
          .toList();

  private final ActorSystem<?> system;
  private final AccessCheck access;
  private final List<ManagementRoute> routes;
  private final DashboardFiles files;

  ManagementHandler(
      ActorSystem<?> system,
      AccessCheck access,
      List<ManagementRoute> routes,
      DashboardFiles files) {
    this.system = system;
    this.access = access;
    this.routes = List.copyOf(routes);
    this.files = files;
  }

  @Override
  public CompletionStage<HttpResponse> apply(HttpRequest request) {
    CompletionStage<HttpResponse> answer;
    try {
      answer = answer(request);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedStage(e);
    }
    return answer
        .exceptionally(failure -> ofFailure(request, failure))
        .thenApply(response -> ofHead(request, response).addHeaders(HEADERS));
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    List<String> segments = segments(request.getUri().getPathString());
    List<Match> ofPath = routes.stream().flatMap(route -> match(route, segments)).toList();
    Optional<Match> match =
        ofPath.stream().filter(candidate -> isOf(candidate.route(), request)).findFirst();
    Permission needed = match.map(found -> found.route().permission()).orElse(Permission.READ);
    Optional<AccessCheck.Refusal> refusal = access.refusal(request, needed);
    int maxBody = refusal.isPresent() ? 0 : match.map(found -> found.route().maxBody()).orElse(0);
    if (maxBody == 0) {
      request.discardEntityBytes(system);
    }
    if (refusal.isPresent()) {
      return now(refused(request, refusal.get()));
    }
    if (match.isEmpty()) {
      return now(ofPath.isEmpty() ? unknown(request) : otherMethod(request, ofPath));
    }
    ManagementRoute.Handler handler = match.get().route().handler();
    Map<String, String> variables = match.get().variables();
    return maxBody == 0
        ? handler.handle(new ManagementRequest(request, variables))
        : withBody(request, maxBody)
            .thenCompose(whole -> handler.handle(new ManagementRequest(whole, variables)));
  }

  private CompletionStage<HttpRequest> withBody(HttpRequest request, int maxBody) {
    return request
        .entity()
        .toStrict(BODY_MILLIS, maxBody, SystemMaterializer.get(system).materializer())
        .handle(
            (body, failure) -> {
              if (failure == null && body.getData().size() <= maxBody) {
                return request.withEntity(body);
              }
              throw new BadBodyException(maxBody);
            });
  }

  /** A body that is too long or did not arrive. */
  private static final class BadBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadBodyException(int maxBody) {
      super(
          "the body did not arrive within %d s, or has more than %d bytes"
              .formatted(BODY_MILLIS / 1000, maxBody));
    }
  }

  /** A route that takes the path of a request. */
  private record Match(ManagementRoute route, Map<String, String> variables) {}

  private static Stream<Match> match(ManagementRoute route, List<String> segments) {
    return route.match(segments).map(variables -> new Match(route, variables)).stream();
  }

  // An escaped slash belongs to its segment. The parser has refused escapes that are broken.
  private static List<String> segments(String path) {
    return Stream.of(path.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .map(
            segment ->
                segment.indexOf('%') < 0
                    ? segment
                    : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private static boolean isOf(ManagementRoute route, HttpRequest request) {
    String method = route.method().name();
    return method.equals(request.method().name()) || (isHead(request) && method.equals("GET"));
  }

  private static boolean isHead(HttpRequest request) {
    return request.method().name().equals("HEAD");
  }

  // A person is told how to log in.
  private HttpResponse refused(HttpRequest request, AccessCheck.Refusal refusal) {
    return refusal.login() && new ManagementRequest(request, Map.of()).isOfPerson()
        ? files.loginPage(refusal.code())
        : error(refusal.code(), refusal.message());
  }

  private HttpResponse unknown(HttpRequest request) {
    return error(
        404,
        routes.stream()
            .map(ManagementRoute::shown)
            .collect(
                Collectors.joining(", ", "there is no " + path(request) + "; there are: ", "")));
  }

  private static HttpResponse otherMethod(HttpRequest request, List<Match> ofPath) {
    Set<String> methods = new TreeSet<>();
    ofPath.forEach(match -> methods.add(match.route().method().name()));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    String allowed = String.join(", ", methods);
    return error(
            405,
            "%s does not answer %s (expected: %s)"
                .formatted(path(request), request.method().name(), allowed))
        .addHeader(RawHeader.create("Allow", allowed));
  }

  private static HttpResponse ofFailure(HttpRequest request, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof BadQueryException bad) {
      return error(400, String.valueOf(bad.getMessage()));
    }
    if (cause instanceof BadBodyException bad) {
      return error(413, String.valueOf(bad.getMessage()));
    }
    if (cause instanceof TimeoutException) {
      return error(503, "the supervisor did not answer in time; try again");
    }
    log.warn("{} {} failed", request.method().name(), path(request), cause);
    return error(500, "the seed node failed to answer; its log says why");
  }

  // A body that is a stream has not begun yet, so that nothing has to be ended.
  private static HttpResponse ofHead(HttpRequest request, HttpResponse response) {
    return isHead(request) && !(response.entity() instanceof HttpEntity.Strict)
        ? response
            .withEntity(HttpEntities.create(response.entity().getContentType(), new byte[0]))
            .removeAttribute(HttpListener.STREAM)
        : response;
  }

  private static String path(HttpRequest request) {
    return ManagementRequest.shown(request.getUri().getPathString());
  }
}
