package dev.troupe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.ServiceDescription;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiPagesTest {
  private static final String SAID =
      """
      {"operations":{"create_user":{"parameters":[],"responses":{"201":{"description":"Done"}}}},
       "schemas":{"UserService.User":{"type":"object"}}}
      """;

  @TempDir Path home;
  private GatewayFixture gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = GatewayFixture.start(home);
    gateway.calls.answer(ReplyStatus.OK, SAID);
    gateway.showAllReady();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whatServicesSayIsMergedWithTheirPaths() throws Exception {
    HttpResponse<String> response = gateway.get("/openapi.json");

    JsonNode document = GatewayFixture.json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.at("/info/version").asText()).isEqualTo(GatewayFixture.VERSION);
    JsonNode create = document.path("paths").path("/users").path("post");
    assertThat(create.path("operationId").asText()).isEqualTo("UserService.create_user");
    assertThat(create.path("responses").has("201")).isTrue();
    assertThat(create.path("responses").has("415")).isTrue();
    assertThat(document.at("/components/schemas").has("UserService.User")).isTrue();
    assertThat(gateway.calls.made).allMatch(it -> it.action().equals(ServiceDescription.ACTION));
  }

  @Test
  void whatTheGatewayAnswersItselfIsDescribedByTheRecordsItWrites() throws Exception {
    JsonNode document = GatewayFixture.json(gateway.get("/openapi.json"));

    JsonNode cluster = document.path("paths").path("/cluster").path("get").path("responses");
    JsonNode members = schema(cluster.path("200")).at("/properties/members/items/$ref");
    assertThat(members.asText()).isEqualTo("#/components/schemas/gateway.Member");
    assertThat(document.at("/components/schemas").has("gateway.Member")).isTrue();
    JsonNode health = document.path("paths").path("/health").path("get").path("responses");
    assertThat(schema(health.path("503")).at("/anyOf/1/$ref").asText()).endsWith("/Error");
    assertThat(document.path("x-troupe-unlisted").path("responses").has("405")).isTrue();
  }

  private static JsonNode schema(JsonNode response) {
    return response.path("content").path("application/json").path("schema");
  }

  @Test
  void servicesAreAskedOnceAsLongAsTheSameInstancesRun() throws Exception {
    String tag = tag(gateway.get("/openapi.json"));
    int asked = gateway.calls.made.size();

    HttpResponse<String> again =
        gateway.send(gateway.request("/openapi.json").header("If-None-Match", tag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(tag(again)).isEqualTo(tag);
    assertThat(gateway.calls.made).hasSize(asked);
    gateway.show(
        new Views()
            .service(Views.users())
            .service(Views.orders())
            .ready("UserService", "UserService-2"));
    gateway.get("/openapi.json");
    assertThat(gateway.calls.made).hasSize(asked + 1);
  }

  @Test
  void headHasTheHeadersOnly() throws Exception {
    HttpResponse<String> response =
        gateway.send(
            gateway.request("/openapi.json").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(tag(response)).isNotEmpty();
  }

  @Test
  void aServiceOfAnEarlierVersionIsListedByItsPaths() throws Exception {
    gateway.calls.refuse(ReplyStatus.NOT_FOUND, "UserService has no action $describe");

    JsonNode document = GatewayFixture.json(gateway.get("/openapi.json"));

    JsonNode get = document.path("paths").path("/users/{user_id}").path("get");
    assertThat(get.at("/parameters/0/name").asText()).isEqualTo("user_id");
    assertThat(get.path("responses").has("2XX")).isTrue();
  }

  @Test
  void aServiceThatDoesNotAnswerIsAskedAgainByTheNextRequest() throws Exception {
    gateway.calls.refuse(ReplyStatus.UNAVAILABLE, "no instance");
    assertThat(gateway.get("/openapi.json").statusCode()).isEqualTo(200);

    gateway.calls.answer(ReplyStatus.OK, SAID);

    JsonNode document = GatewayFixture.json(gateway.get("/openapi.json"));
    assertThat(document.at("/components/schemas").has("UserService.User")).isTrue();
  }

  @Test
  void browsersAreLedToTheDocumentationAndProgramsAreNot() throws Exception {
    HttpResponse<String> browser =
        gateway.send(gateway.request("/").header("Accept", "text/html,*/*;q=0.8"));
    HttpResponse<String> program = gateway.send(gateway.request("/").header("Accept", "*/*"));

    assertThat(browser.statusCode()).isEqualTo(303);
    assertThat(browser.headers().firstValue("Location")).contains("/docs");
    assertThat(program.statusCode()).isEqualTo(200);
    assertThat(GatewayFixture.json(program).has("endpoints")).isTrue();
  }

  @Test
  void theDocumentationComesFromTheGatewayAlone() throws Exception {
    HttpResponse<String> page = gateway.get("/docs");

    assertThat(page.body()).contains("swagger-ui").doesNotContain("http://", "https://");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    for (String file : new String[] {"swagger-ui-bundle.js", "swagger-ui.css", "start.js"}) {
      assertThat(gateway.get("/docs/" + file).statusCode()).as(file).isEqualTo(200);
    }
    assertThat(gateway.get("/docs/common.json").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/docs/..%2fcommon.json").statusCode()).isEqualTo(404);
  }

  private static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElse("");
  }
}
