package dev.troupe.gateway;

import static dev.troupe.gateway.GatewayFixture.json;
import static dev.troupe.protocol.service.HttpMethod.GET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.call.OutboundCall;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.trace.TraceContext;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request for a service, and of the service's reply. */
class CallsTest {
  @TempDir static Path home;
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayFixture.start(home);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void showAllReady() {
    gateway.showAllReady();
    gateway.calls.answer(ReplyStatus.OK, "{}");
  }

  @Test
  void aRequestBecomesACallOfTheActionItsPathLeadsTo() throws Exception {
    gateway.send(
        gateway
            .request("/users/7?verbose=yes&name=a%20b")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .header("X-Request-Id", "my.request_1-A"));

    OutboundCall call = gateway.calls.last();
    assertThat(call.service()).isEqualTo("UserService");
    assertThat(call.action()).isEqualTo("get_user");
    assertThat(call.idempotent()).isTrue();
    assertThat(call.path()).isEqualTo(Map.of("user_id", "7"));
    assertThat(call.query()).isEqualTo(QueryParameters.of(Map.of("verbose", "yes", "name", "a b")));
    assertThat(call.data()).isSameAs(JsonBytes.EMPTY);
    assertThat(call.idempotencyKey()).isNull();
    assertThat(call.trace().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(call.trace().sampled()).isTrue();
    assertThat(call.trace().spanId())
        .as("the span of the gateway, which the client's asked for")
        .isNotEqualTo(0xb7ad6b7169203331L);
    assertThat(call.requestId()).isEqualTo("my.request_1-A");
    assertThat(call.deadline()).isEqualTo(Deadline.NEVER);
    assertThat(call.client()).isEqualTo("127.0.0.1");
  }

  @Test
  void theTraceStateOfAClientIsPassedOn() throws Exception {
    gateway.send(
        gateway
            .request("/users/7")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
            .header("tracestate", "acme=1,, other@x=a b ")
            .header("tracestate", "last=2"));

    assertThat(gateway.calls.last().trace().state()).isEqualTo("acme=1,other@x=a b,last=2");
    assertThat(gateway.calls.last().trace().sampled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void aTraceThatIsMalformedIsIgnoredAndANewOneBegins(String traceparent) throws Exception {
    HttpResponse<String> response =
        gateway.send(
            gateway
                .request("/users/7")
                .header("traceparent", traceparent)
                .header("tracestate", "acme=1"));

    assertThat(response.statusCode()).isEqualTo(200);
    TraceContext trace = gateway.calls.last().trace();
    assertThat(trace.traceId())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(trace.state()).isNull();
    assertThat(trace.sampled()).isFalse();
  }

  @Test
  void theIdempotencyKeyOfAWriteIsPassedOn() throws Exception {
    String key = "!" + "k".repeat(253) + "~";
    gateway.send(
        gateway
            .request("/users")
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(gateway.calls.last().action()).isEqualTo("create_user");
    assertThat(gateway.calls.last().idempotencyKey()).isEqualTo(key);
  }

  @Test
  void aWriteThatMayBeSentTwiceIsDoneOnceUnderAKeyOfItsOwn() throws Exception {
    HttpRequest.Builder deletion =
        gateway.request("/users/7").header("Content-Type", "application/json").DELETE();
    gateway.send(deletion);
    String first = gateway.calls.last().idempotencyKey();
    gateway.send(deletion);

    assertThat(first).isNotNull();
    assertThat(gateway.calls.last().idempotencyKey()).isNotNull().isNotEqualTo(first);
  }

  @Test
  void aWriteThatMayNotBeSentTwiceHasNoKeyUnlessItIsGivenOne() throws Exception {
    gateway.send(
        gateway
            .request("/users")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(gateway.calls.last().idempotencyKey()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void theIdempotencyKeyOfAReadIsIgnored(String method) throws Exception {
    gateway.send(
        gateway
            .request("/users/7")
            .header("Idempotency-Key", "k1")
            .method(method, HttpRequest.BodyPublishers.noBody()));

    assertThat(gateway.calls.last().idempotencyKey()).isNull();
  }

  @Test
  void preconditionsArePassedOnAsTheyCame() throws Exception {
    gateway.get("/users/7");
    assertThat(gateway.calls.last().preconditions()).isNull();

    gateway.send(
        gateway
            .request("/users/7")
            .header("If-None-Match", "W/\"1\"")
            .header("If-Match", "\"2\", \"3\"")
            .header("If-None-Match", "nonsense"));

    assertThat(gateway.calls.last().preconditions())
        .isEqualTo(new Preconditions("\"2\", \"3\"", "W/\"1\", nonsense"));
  }

  @Test
  void moreEntityTagsThanAnybodyNeedsAreRefused() throws Exception {
    HttpRequest.Builder request = gateway.request("/users/7");
    for (int i = 0; i < 5; i++) {
      request.header("If-Match", '"' + "x".repeat(1000) + '"');
    }

    HttpResponse<String> response = gateway.send(request);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("message").asText())
        .isEqualTo("If-Match has 5018 characters (expected: up to 4096)");
  }

  @Test
  void theHeadersOfAReplyArePassedOn() throws Exception {
    gateway.calls.answer(
        ReplyStatus.CREATED, "{}", Map.of("Location", "/users/7", "ETag", "\"1\""));

    HttpResponse<String> response = gateway.post("/users", "{}");

    assertThat(response.headers().firstValue("Location")).contains("/users/7");
    assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
  }

  @Test
  void headersThatWouldBreakTheMessageAreNotPassedOn() throws Exception {
    gateway.calls.answer(
        ReplyStatus.OK,
        "{}",
        Map.of(
            "Content-Length", "1",
            "Connection", "close",
            "X-Request-Id", "another",
            "X Space", "x",
            "X-Split", "a\r\nSet-Cookie: b=c",
            "X-Kept", "a b"));

    HttpResponse<String> response =
        gateway.send(gateway.request("/users/7").header("X-Request-Id", "r1"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(response.headers().allValues("X-Request-Id")).containsExactly("r1");
    assertThat(response.headers().map())
        .containsKeys("X-Kept", "Content-Type")
        .doesNotContainKeys("Connection", "X Space", "X-Split", "Set-Cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whatTheClientHasAlreadyIsNotSentAgain(String method) throws Exception {
    gateway.calls.answer(ReplyStatus.NOT_MODIFIED, "", Map.of("ETag", "\"1\""));

    HttpResponse<String> response =
        gateway.send(
            gateway.request("/users/7").method(method, HttpRequest.BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void theBodyPassesThroughUnparsedBothWays() throws Exception {
    gateway.calls.answer(ReplyStatus.CREATED, "{ \"user\" : {\"id\":1}}  ");

    HttpResponse<String> response = gateway.post("/users", "{not json, and nobody here minds");

    assertThat(gateway.calls.last().data()).hasToString("{not json, and nobody here minds");
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{ \"user\" : {\"id\":1}}  ");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Server")).contains("troupe");
  }

  @Test
  void theBodyOfAGetIsIgnored() throws Exception {
    gateway.send(gateway.request("/users").method("GET", HttpRequest.BodyPublishers.ofString("x")));

    assertThat(gateway.calls.last().data()).isSameAs(JsonBytes.EMPTY);
  }

  @Test
  void theClientsRequestIdComesBack() throws Exception {
    HttpResponse<String> response =
        gateway.send(gateway.request("/users").header("X-Request-Id", "r1"));

    assertThat(response.headers().firstValue("X-Request-Id")).contains("r1");
  }

  @Test
  void anUnusableRequestIdIsReplaced() throws Exception {
    HttpResponse<String> response =
        gateway.send(gateway.request("/users").header("X-Request-Id", "{not sane}"));

    String id = gateway.calls.last().requestId();
    assertThat(id).matches("[a-z0-9]+-[a-z0-9]+");
    assertThat(response.headers().firstValue("X-Request-Id")).contains(id);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReplyStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OK", "CREATED", "ACCEPTED", "NO_CONTENT", "NOT_MODIFIED"})
  void aRefusalCarriesTheReasonAndTheRequestId(ReplyStatus status) throws Exception {
    gateway.calls.refuse(status, "no user 7");

    HttpResponse<String> response =
        gateway.send(gateway.request("/users/7").header("X-Request-Id", "r2"));

    assertThat(response.statusCode()).isEqualTo(status.httpCode());
    assertThat(response.headers().firstValue("X-Request-Id")).contains("r2");
    assertThat(response.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(status.httpCode() == 503);
    assertThat(response.body())
        .isEqualTo("{\"status\":\"error\",\"message\":\"no user 7\",\"request_id\":\"r2\"}");
  }

  @Test
  void aReplyWithoutContentHasNoBody() throws Exception {
    gateway.calls.refuse(ReplyStatus.NO_CONTENT, null, Map.of("ETag", "\"3\""));

    HttpResponse<String> response = gateway.get("/users/7");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("ETag")).contains("\"3\"");
    assertThat(response.headers().firstValue("Content-Type")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "text/csv; charset=utf-8, text/csv; charset=UTF-8",
    "image/png, image/png",
    "no type at all, application/octet-stream"
  })
  void aReplyOfAnotherTypeIsPassedOnAsItIs(String type, String expected) throws Exception {
    gateway.calls.answer(ReplyStatus.OK, "a,b", Map.of("Content-Type", type));

    HttpResponse<String> response = gateway.get("/users/7");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("a,b");
    assertThat(response.headers().allValues("Content-Type")).containsExactly(expected);
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  // Only the service knows which parameters are lists.
  @Test
  void aQueryParameterGivenTwiceReachesTheServiceWithBothValues() throws Exception {
    gateway.get("/users?tag=b&limit=1&tag=a");

    assertThat(gateway.calls.last().query().values())
        .isEqualTo(Map.of("tag", List.of("b", "a"), "limit", List.of("1")));
  }

  @Test
  void theFieldsAtFaultStandBesideTheMessage() throws Exception {
    FieldError first =
        new FieldError("lines[0].quantity", "missing", "lines[0].quantity is missing");
    FieldError second = new FieldError("name", "size", "name has 51 characters");
    gateway.calls.answerBy(
        call ->
            CompletableFuture.completedStage(
                new ServiceReply(
                    0,
                    call.requestId(),
                    ReplyStatus.MALFORMED,
                    FieldError.write(List.of(first, second)),
                    first.message())));

    HttpResponse<String> response =
        gateway.send(gateway.request("/users/7").header("X-Request-Id", "r2"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"status\":\"error\",\"message\":\"lines[0].quantity is missing\",\"errors\":["
                + "{\"field\":\"lines[0].quantity\",\"code\":\"missing\","
                + "\"message\":\"lines[0].quantity is missing\"},"
                + "{\"field\":\"name\",\"code\":\"size\","
                + "\"message\":\"name has 51 characters\"}],\"request_id\":\"r2\"}");
  }

  @Test
  void aServiceThatIsLeftAloneForAWhileIsA503ThatSaysForHowLong() throws Exception {
    gateway.calls.refuse(
        ReplyStatus.UNAVAILABLE,
        "UserService is not asked for a while",
        Map.of(ServiceReply.RETRY_AFTER, "7"));

    HttpResponse<String> response = gateway.get("/users/7");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().allValues("Retry-After")).containsExactly("7");
    assertThat(json(response).path("message").asText())
        .isEqualTo("UserService is not asked for a while");
  }

  @Test
  void aCallThatFailsAgainstItsContractIsA500() throws Exception {
    gateway.calls.answerBy(call -> CompletableFuture.failedStage(new IllegalStateException("x")));
    HttpResponse<String> failed = gateway.get("/users");
    gateway.calls.answerBy(
        call -> {
          throw new IllegalStateException("y");
        });
    HttpResponse<String> thrown = gateway.get("/users");

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(json(failed).path("status").asText()).isEqualTo("error");
    assertThat(thrown.statusCode()).isEqualTo(500);
    assertThat(json(thrown).path("request_id").asText()).isNotEmpty();
  }

  @Test
  void callsAreCountedAndServiceErrorsAmongThem() throws Exception {
    long requests = gateway.counters.requests();
    long errors = gateway.counters.errors();
    gateway.get("/users");
    gateway.calls.refuse(ReplyStatus.NOT_FOUND, "no");
    gateway.get("/users");
    gateway.calls.refuse(ReplyStatus.DEADLINE, "late");
    gateway.get("/users");

    assertThat(gateway.counters.requests() - requests).isEqualTo(3);
    assertThat(gateway.counters.errors() - errors).isEqualTo(1);
    assertThat(gateway.counters.inFlight()).isZero();
  }

  @Test
  void headIsAGetWithoutABody() throws Exception {
    gateway.calls.answer(ReplyStatus.OK, "{\"a\":1}", Map.of("ETag", "\"1\""));

    HttpResponse<String> response =
        gateway.send(
            gateway.request("/users/7").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("7");
    assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(gateway.calls.last().action()).isEqualTo("get_user");
  }

  @Test
  void anEncodedSlashStaysInItsSegment() throws Exception {
    gateway.get("/users/a%2Fb");

    assertThat(gateway.calls.last().path()).isEqualTo(Map.of("user_id", "a/b"));
  }

  @Test
  void theHeadersThatAnActionAsksForAreCalledWithIt() throws Exception {
    ActionDescriptor listen =
        new ActionDescriptor(
            "listen", GET, PathTemplate.of("/words"), true, 0, List.of("accept-language", "x-a"));
    gateway.show(new Views().service(new ServiceDescriptor("Words", "1", List.of(listen))));

    gateway.send(
        gateway
            .request("/words")
            .header("Accept-Language", "de")
            .header("X-A", "1")
            .header("x-a", "2")
            .header("X-B", "3"));

    assertThat(gateway.calls.last().headers())
        .isEqualTo(Map.of("accept-language", "de", "x-a", "1, 2"));
  }

  @Test
  void aServiceIsReachableAsSoonAsItsDescriptorIsKnown() throws Exception {
    ServiceDescriptor things =
        new ServiceDescriptor("ThingService", "1", List.of(Views.action("list", GET, "/things")));
    assertThat(gateway.get("/things").statusCode()).isEqualTo(404);

    gateway.show(new Views().service(things).service(Views.users()).service(Views.orders()));

    assertThat(gateway.get("/things").statusCode()).isEqualTo(200);
    assertThat(gateway.calls.last().service()).isEqualTo("ThingService");
  }
}
