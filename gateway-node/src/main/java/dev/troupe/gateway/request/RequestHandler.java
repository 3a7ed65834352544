package dev.troupe.gateway.request;

import dev.troupe.gateway.http.BodyReader;
import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.gateway.page.Page;
import dev.troupe.gateway.page.PageAnswer;
import dev.troupe.gateway.route.LiveRoutes;
import dev.troupe.gateway.route.PathSegments;
import dev.troupe.gateway.route.RouteTable;
import dev.troupe.gateway.route.RouteTarget;
import dev.troupe.node.call.CallClient;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.settings.ServiceSettings;
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
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request, always in JSON; neither throws nor fails nor blocks. Thread-safe. */
public final class RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final Map<String, HttpMethod> METHODS =
      Arrays.stream(HttpMethod.values())
          .collect(Collectors.toUnmodifiableMap(HttpMethod::name, Function.identity()));

  private static final HttpHeader CLOSE = Connection.create("close");

  private final RequestIds ids = new RequestIds();
  private final List<String> configured;
  private final LiveRoutes routes;
  private final Supplier<RegistryView> registry;
  private final BodyReader bodies;
  private final ServiceCaller caller;
  private final ActorRef<StartupWaitingRoom.Command> room;
  private final RequestScreen screen;

  /**
   * @param routes to the services and to the gateway's own pages
   * @param registry the newest view of the cluster
   * @param counters of the calls that are made
   * @param room where requests wait for what is not known yet
   */
  public RequestHandler(
      Settings settings,
      LiveRoutes routes,
      Supplier<RegistryView> registry,
      CallClient calls,
      BodyReader bodies,
      CallCounters counters,
      ActorRef<StartupWaitingRoom.Command> room) {
    this.configured = settings.services().stream().map(ServiceSettings::name).sorted().toList();
    this.screen = new RequestScreen(settings.gateway());
    this.routes = routes;
    this.registry = registry;
    this.bodies = bodies;
    this.caller = new ServiceCaller(calls, bodies, counters);
    this.room = room;
  }

  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    RequestHeaders headers = RequestHeaders.of(request);
    String given = headers.requestId();
    Exchange exchange = new Exchange(request, headers, given == null ? ids.next() : given);
    Optional<Refusal> refusal = screen.refusal(request, headers);
    return refusal.isPresent()
        ? refused(exchange, refusal.get())
        : handled(exchange, () -> answer(exchange));
  }

  private CompletionStage<HttpResponse> handled(
      Exchange exchange, Supplier<CompletionStage<HttpResponse>> answer) {
    try {
      return answer.get();
    } catch (BadRequestException e) {
      return unread(exchange, exchange.error(400, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      log.error("[{}] {} failed", exchange.id(), exchange.what(), e);
      return unread(
          exchange, exchange.error(500, "the gateway failed; its log says why, under this id"));
    }
  }

  private CompletionStage<HttpResponse> answer(Exchange exchange) {
    List<String> segments = PathSegments.of(exchange.request().getUri().asScala().path());
    RegistryView view = registry.get();
    Optional<RouteTable.Found<RouteTarget>> match = match(exchange, segments, view);
    return isAnswerable(match, view)
        ? answer(exchange, segments, match, view)
        : answerLater(exchange, segments);
  }

  private Optional<RouteTable.Found<RouteTarget>> match(
      Exchange exchange, List<String> segments, RegistryView view) {
    HttpMethod method = METHODS.get(exchange.request().method().name());
    return method == null ? Optional.empty() : routes.at(view).find(method, segments);
  }

  /** Whether what is not known yet makes no difference to the answer. */
  private boolean isAnswerable(Optional<RouteTable.Found<RouteTarget>> match, RegistryView view) {
    if (match.isEmpty()) {
      return view.synced() && stillStarting(view).isEmpty();
    }
    return view.synced()
        || !(match.get().target() instanceof RouteTarget.OwnPage own)
        || !own.page().needsRegistry();
  }

  private CompletionStage<HttpResponse> answer(
      Exchange exchange,
      List<String> segments,
      Optional<RouteTable.Found<RouteTarget>> match,
      RegistryView view) {
    if (match.isEmpty()) {
      return unread(exchange, unmatched(exchange, Allow.at(routes.at(view), segments), view));
    }
    RouteTable.Found<RouteTarget> found = match.get();
    if (found.target() instanceof RouteTarget.ServiceAction action) {
      return caller.call(exchange, action, found.variables());
    }
    Page page = ((RouteTarget.OwnPage) found.target()).page();
    return unread(exchange, shown(exchange, page.answer(view, found.variables())));
  }

  private CompletionStage<HttpResponse> answerLater(Exchange exchange, List<String> segments) {
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
                    ? unread(
                        exchange,
                        exchange.error(
                            503,
                            "the services are still starting, and as many requests wait for them as"
                                + " may (gateway.waiting-room); try again"))
                    : handled(exchange, () -> answerNow(exchange, segments)));
  }

  private CompletionStage<HttpResponse> answerNow(Exchange exchange, List<String> segments) {
    RegistryView view = registry.get();
    return answer(exchange, segments, match(exchange, segments, view), view);
  }

  private List<String> stillStarting(RegistryView view) {
    return configured.stream().filter(name -> !view.services().containsKey(name)).toList();
  }

  private CompletionStage<HttpResponse> refused(Exchange exchange, Refusal refusal) {
    HttpResponse response = exchange.error(refusal.httpCode(), refusal.message());
    // What follows may be the rest of this request as well as another one.
    return refusal.closes()
        ? CompletableFuture.completedStage(response.addHeader(CLOSE))
        : unread(exchange, response);
  }

  private HttpResponse unmatched(Exchange exchange, Optional<Allow> allow, RegistryView view) {
    if (allow.isPresent()) {
      return exchange.request().method().name().equals("OPTIONS")
          ? exchange.identified(allow.get().options())
          : allow.get().refusal(exchange);
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

  private static HttpResponse shown(Exchange exchange, PageAnswer answer) {
    if (answer instanceof PageAnswer.Missing missing) {
      return exchange.error(404, missing.message());
    }
    PageAnswer.Shown shown = (PageAnswer.Shown) answer;
    return exchange.identified(JsonResponses.of(shown.httpCode(), shown.body()));
  }

  private CompletionStage<HttpResponse> unread(Exchange exchange, HttpResponse response) {
    return CompletableFuture.completedStage(bodies.unread(exchange.request(), response));
  }
}
