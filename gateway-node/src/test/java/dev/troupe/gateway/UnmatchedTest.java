package dev.troupe.gateway;

import static dev.troupe.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that lead nowhere. */
class UnmatchedTest {
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
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    HttpResponse<String> response = gateway.get("/nowhere/at/all?x=1");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("message").asText())
        .isEqualTo("there is nothing at GET /nowhere/at/all; GET / says what there is");
    assertThat(response.headers().firstValue("X-Request-Id"))
        .contains(json(response).path("request_id").asText());
  }

  @Test
  void aPathNobodyHasClaimedWaitsForTheServiceThatIsStillStarting() throws Exception {
    gateway.show(new Views().service(Views.users()).ready("UserService", "UserService-1"));
    CompletableFuture<HttpResponse<String>> response = gateway.sendAsync("POST", "/orders");
    assertThat(isAnsweredSoon(response)).isFalse();

    gateway.showAllReady();

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void whoKnowsNothingYetSaysNothing() throws Exception {
    gateway.showNothing();
    CompletableFuture<HttpResponse<String>> user = gateway.sendAsync("GET", "/users/1");
    CompletableFuture<HttpResponse<String>> nowhere = gateway.sendAsync("GET", "/nowhere");
    CompletableFuture<HttpResponse<String>> health = gateway.sendAsync("GET", "/health");
    assertThat(isAnsweredSoon(user)).isFalse();
    assertThat(nowhere).isNotDone();
    assertThat(health).isNotDone();

    HttpResponse<String> oneTooMany = gateway.get("/users/2");
    assertThat(oneTooMany.statusCode()).isEqualTo(503);
    assertThat(oneTooMany.headers().firstValue("Retry-After")).contains("1");
    assertThat(gateway.get("/").statusCode()).as("which says the same anyway").isEqualTo(200);

    gateway.showAllReady();

    assertThat(user.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(nowhere.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
    assertThat(health.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyWaitsForEverForAServiceThatDoesNotStart() throws Exception {
    gateway.show(new Views().service(Views.users()).ready("UserService", "UserService-1"));

    HttpResponse<String> response = gateway.post("/orders", "{}");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(json(response).path("message").asText())
        .isEqualTo("there is nothing at POST /orders yet; still starting: OrderService");
  }

  @Test
  void anotherMethodOfAKnownPathIsNotAllowed() throws Exception {
    HttpResponse<String> response = send("DELETE", "/users");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, POST, OPTIONS");
    assertThat(json(response).path("message").asText())
        .isEqualTo("DELETE /users is not possible (expected: GET, HEAD, POST, OPTIONS)");
  }

  @Test
  void headOfWhatCannotBeGotIsNotAllowed() throws Exception {
    HttpResponse<String> response = send("HEAD", "/orders");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST, OPTIONS");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void optionsSaysWhatIsAllowed() throws Exception {
    HttpResponse<String> response = send("OPTIONS", "/users/7");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, DELETE, OPTIONS");
    assertThat(response.headers().firstValue("Accept-Patch")).isEmpty();
    assertThat(response.body()).isEmpty();
  }

  @Test
  void optionsSaysWhatAPatchMayBe() throws Exception {
    gateway.show(
        new Views()
            .service(
                new ServiceDescriptor(
                    "ThingService",
                    "1",
                    List.of(
                        Views.action("change", HttpMethod.PATCH, "/things/{id}"),
                        Views.action("remove", HttpMethod.DELETE, "/things/{id}")))));

    HttpResponse<String> response = send("OPTIONS", "/things/7");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Allow")).contains("PATCH, DELETE, OPTIONS");
    assertThat(response.headers().firstValue("Accept-Patch"))
        .contains("application/json, application/merge-patch+json");
  }

  @Test
  void theGatewaysOwnPagesHaveMethodsToo() throws Exception {
    assertThat(send("POST", "/health").statusCode()).isEqualTo(405);
    assertThat(send("OPTIONS", "/services/X/health").statusCode()).isEqualTo(204);
    assertThat(send("HEAD", "/health").statusCode()).isEqualTo(200);
  }

  @Test
  void oneTrailingSlashIsIgnored() throws Exception {
    assertThat(gateway.get("/users/").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/users//").statusCode()).isEqualTo(404);
  }

  private static boolean isAnsweredSoon(CompletableFuture<?> response) throws Exception {
    try {
      response.get(200, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  private static HttpResponse<String> send(String method, String path) throws Exception {
    return gateway.send(gateway.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
  }
}
