package dev.troupe.testkit;

import dev.troupe.gateway.Gateway;
import dev.troupe.gateway.request.RequestHandler;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.http.ConnectionStats;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.node.start.StartedRole;
import dev.troupe.protocol.TroupeVersion;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers the requests of a test as a gateway does that knows one service. Thread-safe. */
final class LocalGateway implements TestClient {
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String CONTENT_TYPE = "Content-Type";
  // Beyond the deadline, after which there is an answer anyway.
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final ActorSystem<?> system;
  private final ActorRef<ServiceRequest> service;
  private final LocalCalls calls;
  private final RequestHandler handler;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<String, Deadline> deadlines = new ConcurrentHashMap<>();

  LocalGateway(ActorSystem<?> system, Settings settings, StartedRole role, LocalCalls calls) {
    ServiceDescriptor descriptor = Objects.requireNonNull(role.descriptor());
    RegistryView view =
        new RegistryView(
            List.of(), Map.of(descriptor.service(), new ServiceView(descriptor, 0, 0)), List.of());
    this.system = system;
    this.service = Objects.requireNonNull(role.endpoint());
    this.calls = calls;
    this.handler =
        Gateway.handler(
            system,
            settings,
            () -> view,
            this::call,
            new CallCounters(),
            NodeMetrics.of(false),
            TroupeVersion.CURRENT,
            () -> ConnectionStats.NONE);
  }

  private CompletionStage<ServiceReply> call(OutboundCall call) {
    Deadline ofTest = deadlines.getOrDefault(call.requestId(), call.deadline());
    return calls.call(service, call, ofTest.orEarlier(Deadline.after(TestRequest.PATIENCE)));
  }

  @Override
  public TestResponse send(TestRequest request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put(REQUEST_ID, "test-" + lastId.incrementAndGet());
    headers.putAll(request.headers());
    String id = headers.get(REQUEST_ID);
    deadlines.put(id, Deadline.after(request.deadline()));
    try {
      return handler
          .apply(http(request, headers))
          .thenCompose(response -> read(request, response))
          .toCompletableFuture()
          .get(request.deadline().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer to " + request + " in " + request.deadline(), e);
    } catch (ExecutionException e) {
      throw new AssertionError("no answer to " + request + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the answer to " + request, e);
    } finally {
      deadlines.remove(id);
    }
  }

  private static HttpRequest http(TestRequest request, Map<String, String> headers) {
    HttpRequest http =
        HttpRequest.create("http://localhost" + request.path())
            .withMethod(
                HttpMethods.lookup(request.method())
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                request.method() + " (expected: a method like POST)")));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!header.getKey().equalsIgnoreCase(CONTENT_TYPE)) {
        http = http.addHeader(HttpHeader.parse(header.getKey(), header.getValue()));
      }
    }
    return request.method().equals("GET") ? http : http.withEntity(entity(request, headers));
  }

  private static HttpEntity.Strict entity(TestRequest request, Map<String, String> headers) {
    String given = headers.get(CONTENT_TYPE);
    ContentType type = given == null ? ContentTypes.APPLICATION_JSON : ContentTypes.parse(given);
    return HttpEntities.create(type, request.body().bytes());
  }

  private CompletionStage<TestResponse> read(TestRequest request, HttpResponse response) {
    return response
        .entity()
        .toStrict(GRACE.toMillis(), system)
        .thenApply(
            entity -> {
              Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
              response
                  .getHeaders()
                  .forEach(h -> headers.merge(h.name(), h.value(), (a, b) -> a + ", " + b));
              if (!entity.getData().isEmpty()) {
                headers.put(CONTENT_TYPE, entity.getContentType().toString());
              }
              return new TestResponse(
                  request, response.status().intValue(), headers, entity.getData().toArray());
            });
  }
}
