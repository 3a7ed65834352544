package dev.troupe.gateway.request;

import dev.troupe.gateway.http.BodyReader;
import dev.troupe.gateway.http.HttpServer;
import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.gateway.route.LiveRoutes;
import dev.troupe.gateway.route.RouteTable;
import dev.troupe.gateway.route.RouteTarget;
import dev.troupe.gateway.status.ConfiguredServices;
import dev.troupe.gateway.status.StatusPage;
import dev.troupe.node.call.CallClient;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.settings.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers each HTTP request, in JSON: it rejects dangerous requests, finds the route, and then
 * calls the service or shows the status page. It neither blocks nor throws, and its results never
 * fail. Thread-safe.
 */
public final class RequestHandler implements HttpServer.Handler {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final Map<String, HttpMethod> METHODS =
      Arrays.stream(HttpMethod.values())
          .collect(Collectors.toUnmodifiableMap(HttpMethod::name, Function.identity()));

  private static final HttpHeader CLOSE = Connection.create("close");

  private final RequestIds ids = new RequestIds();
  private final ConfiguredServices configured;
  private final LiveRoutes routes;
  private final Supplier<RegistryView> registry;
  private final BodyReader bodies;
  private final ServiceCaller caller;
  private final ProgramProxy proxy;
  private final RequestMetrics metrics;
  private final StreamedResponses streams;
  private final ActorRef<StartupWaitingRoom.Command> room;
  private final RequestFilter filter;
  private final RequestSpans spans;

  /**
   * @param routes to the services and to the status pages
   * @param registry gives the newest view of the cluster
   * @param counters of the calls to services
   * @param metrics how long requests take
   * @param streams the responses that are streams
   * @param uploads the requests that are streams
   * @param room for requests that cannot be answered yet
   */
  public RequestHandler(
      ActorSystem<?> system,
      Settings settings,
      LiveRoutes routes,
      Supplier<RegistryView> registry,
      CallClient calls,
      BodyReader bodies,
      CallCounters counters,
      RequestMetrics metrics,
      StreamedResponses streams,
      Uploads uploads,
      ActorRef<StartupWaitingRoom.Command> room) {
    this.configured = new ConfiguredServices(settings.services());
    this.filter = new RequestFilter(settings.gateway());
    this.routes = routes;
    this.registry = registry;
    this.bodies = bodies;
    this.caller = new ServiceCaller(calls, bodies, counters, streams, uploads);
    this.proxy = new ProgramProxy(system, settings, calls, bodies, counters, streams, uploads);
    this.metrics = metrics;
    this.streams = streams;
    this.room = room;
    this.spans = new RequestSpans(Tracer.of(system));
  }

  @Override
  public void drain() {
    streams.drain();
  }

  @Override
  public CompletionStage<HttpResponse> apply(HttpRequest request) {
    RequestMetrics.Measured measured = metrics.begin(request);
    CompletionStage<HttpResponse> response = apply(request, measured);
    return measured.ended(response);
  }

  private CompletionStage<HttpResponse> apply(
      HttpRequest request, RequestMetrics.Measured measured) {
    RequestHeaders headers = RequestHeaders.of(request);
    String given = headers.requestId();
    Exchange exchange =
        new Exchange(
            request, headers, given == null ? ids.next() : given, spans.begin(headers.trace()));
    Optional<RequestFilter.Rejection> rejection = filter.check(request, headers);
    CompletionStage<HttpResponse> response =
        rejection.isPresent()
            ? reject(exchange, rejection.get())
            : catching(exchange, () -> answer(exchange, measured));
    return response.whenComplete(
        (made, failure) -> spans.ended(exchange, made == null ? 500 : made.status().intValue()));
  }

  private CompletionStage<HttpResponse> catching(
      Exchange exchange, Supplier<CompletionStage<HttpResponse>> answer) {
    try {
      return answer.get();
    } catch (BadRequestException e) {
      return discardingBody(exchange, exchange.error(400, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      log.error("[{}] {} failed", exchange.id(), exchange.what(), e);
      return discardingBody(
          exchange,
          exchange.error(500, "the gateway failed; its log says why, under this request id"));
    }
  }

  private CompletionStage<HttpResponse> answer(
      Exchange exchange, RequestMetrics.Measured measured) {
    List<String> segments = exchange.pathSegments();
    RegistryView view = registry.get();
    Optional<RouteTable.Found<RouteTarget>> match = match(exchange, segments, view);
    return isAnswerable(match, view)
        ? answer(exchange, measured, segments, match, view)
        : answerLater(exchange, measured, segments);
  }

  private Optional<RouteTable.Found<RouteTarget>> match(
      Exchange exchange, List<String> segments, RegistryView view) {
    HttpMethod method =
        exchange.isHead() ? HttpMethod.GET : METHODS.get(exchange.request().method().name());
    return routes.at(view).find(method, segments);
  }

  /** Whether the answer cannot change when the registry or a service that is starting is known. */
  private boolean isAnswerable(Optional<RouteTable.Found<RouteTarget>> match, RegistryView view) {
    if (match.isEmpty()) {
      return view.synced() && stillStarting(view).isEmpty();
    }
    return view.synced() || !needsRegistry(match.get().target());
  }

  private static boolean needsRegistry(RouteTarget target) {
    return (target instanceof RouteTarget.GatewayPage own && own.page().needsRegistry())
        || (target instanceof RouteTarget.GatewayDocument document
            && document.page().needsRegistry());
  }

  private CompletionStage<HttpResponse> answer(
      Exchange exchange,
      RequestMetrics.Measured measured,
      List<String> segments,
      Optional<RouteTable.Found<RouteTarget>> match,
      RegistryView view) {
    if (match.isEmpty()) {
      return discardingBody(
          exchange, unmatched(exchange, AllowedMethods.at(routes.at(view), segments), view));
    }
    RouteTable.Found<RouteTarget> found = match.get();
    measured.matched(found.route());
    if (found.target() instanceof RouteTarget.ServiceAction action) {
      spans.routed(exchange.span(), action.service(), action.action());
      return caller.call(exchange, action, found.variables());
    }
    if (found.target() instanceof RouteTarget.Program program) {
      spans.routed(exchange.span(), program.service(), program.route());
      return proxy.pass(exchange, program);
    }
    exchange.span().ofGateway();
    if (found.target() instanceof RouteTarget.GatewayDocument document) {
      return document
          .page()
          .answer(exchange.request(), view, found.variables())
          .thenApply(exchange::identified)
          .thenCompose(response -> discardingBody(exchange, response));
    }
    StatusPage page = ((RouteTarget.GatewayPage) found.target()).page();
    return discardingBody(exchange, response(exchange, page.answer(view, found.variables())));
  }

  private CompletionStage<HttpResponse> answerLater(
      Exchange exchange, RequestMetrics.Measured measured, List<String> segments) {
    long since = System.nanoTime();
    return StartupWaitingRoom.enter(
            room,
            bodies.bytesInMemory(exchange.request()),
            () -> {
              RegistryView view = registry.get();
              return isAnswerable(match(exchange, segments, view), view);
            })
        .thenCompose(
            wait ->
                wait == StartupWaitingRoom.Wait.FULL
                    ? discardingBody(
                        exchange,
                        exchange.error(
                            503,
                            "the services are still starting, and no more requests may wait for them"
                                + " (gateway.waiting-room); try again"))
                    : catching(exchange, () -> answerNow(exchange, measured, segments, since)));
  }

  private CompletionStage<HttpResponse> answerNow(
      Exchange exchange,
      RequestMetrics.Measured measured,
      List<String> segments,
      long waitedSince) {
    spans.waitedForStart(exchange, waitedSince);
    RegistryView view = registry.get();
    return answer(exchange, measured, segments, match(exchange, segments, view), view);
  }

  /** The configured services that have never been ready, so that their paths are not known. */
  private List<String> stillStarting(RegistryView view) {
    return configured.at(view).keySet().stream()
        .filter(name -> !view.services().containsKey(name))
        .toList();
  }

  private CompletionStage<HttpResponse> reject(
      Exchange exchange, RequestFilter.Rejection rejection) {
    HttpResponse response = exchange.error(rejection.httpCode(), rejection.message());
    return rejection.closes()
        ? CompletableFuture.completedStage(response.addHeader(CLOSE))
        : discardingBody(exchange, response);
  }

  private HttpResponse unmatched(
      Exchange exchange, Optional<AllowedMethods> allow, RegistryView view) {
    if (allow.isPresent()) {
      return exchange.request().method().name().equals("OPTIONS")
          ? exchange.identified(allow.get().optionsResponse())
          : allow.get().methodNotAllowed(exchange);
    }
    List<String> starting = stillStarting(view);
    if (starting.isEmpty()) {
      return exchange.error(
          404, "there is nothing at %s; GET / says what there is".formatted(exchange.what()));
    }
    return exchange.error(
        503,
        "there is nothing at %s yet; still starting: %s"
            .formatted(exchange.what(), String.join(", ", starting)));
  }

  private static HttpResponse response(Exchange exchange, StatusPage.Response page) {
    if (page instanceof StatusPage.Response.NotFound notFound) {
      return exchange.error(404, notFound.message());
    }
    StatusPage.Response.Json json = (StatusPage.Response.Json) page;
    return exchange.identified(JsonResponses.of(json.httpCode(), json.body()));
  }

  /** Responds without reading the body of the request. */
  private CompletionStage<HttpResponse> discardingBody(Exchange exchange, HttpResponse response) {
    return CompletableFuture.completedStage(bodies.withBodyDiscarded(exchange.request(), response));
  }
}
