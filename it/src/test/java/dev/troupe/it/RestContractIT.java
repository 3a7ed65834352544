package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST contract, as a client of the seed system relies on it. */
@OnSharedCluster
final class RestContractIT {
  private Client client;

  @BeforeEach
  void connect(Cluster cluster) {
    client = cluster.client();
  }

  @Test
  void theRootSaysWhatThereIs() {
    Answer root = client.get("/");
    assertThat(root.status()).isEqualTo(200);
    assertThat(root.at("/message").asText()).isNotBlank();
    assertThat(root.at("/version").asText()).isNotBlank();
    for (String endpoint :
        new String[] {"users", "orders", "notifications", "services", "health"}) {
      assertThat(root.at("/endpoints/" + endpoint).asText()).isEqualTo("/" + endpoint);
    }
  }

  @Test
  void aUserIsCreatedAndFound() {
    String name = unique();
    Answer created = createUser(name);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/status").asText()).isEqualTo("success");
    assertThat(created.at("/message").asText()).isEqualTo("User created successfully");
    assertThat(created.at("/request_id").asText()).isNotBlank();
    Answer found = client.get("/users/" + created.at("/user/id").asLong());
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.at("/user/username").asText()).isEqualTo(name);
    assertThat(found.at("/user/email").asText()).isEqualTo("a@example.com");
  }

  @Test
  void usersArePagedByKey() {
    long first = createUser(unique()).at("/user/id").asLong();
    long second = createUser(unique()).at("/user/id").asLong();
    Answer page = client.get("/users?limit=1&after=" + (first - 1));
    assertThat(page.at("/count").asInt()).isEqualTo(1);
    assertThat(page.at("/users/0/id").asLong()).isEqualTo(first);
    assertThat(client.get("/users?limit=1&after=" + first).at("/users/0/id").asLong())
        .isEqualTo(second);
  }

  @Test
  void anOrderOfAUserIsCreatedAndFound() {
    long user = createUser(unique()).at("/user/id").asLong();
    Answer created =
        client.post("/orders", "{\"user_id\":%d,\"product\":\"Laptop\"}".formatted(user));
    assertThat(created.status()).isEqualTo(201);
    JsonNode order = created.at("/order");
    assertThat(order.at("/quantity").asInt()).isEqualTo(1);
    assertThat(order.at("/status").asText()).isEqualTo("created");
    Answer found = client.get("/orders/" + order.at("/id").asLong());
    assertThat(found.at("/order")).isEqualTo(order);
    assertThat(client.get("/orders").at("/count").asInt()).isPositive();
  }

  @Test
  void aNotificationIsAcceptedAndThenSent() {
    Answer accepted =
        client.post("/notifications", "{\"user_id\":1,\"message\":\"hi\",\"type\":\"email\"}");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.at("/user_id").asLong()).isEqualTo(1);
    assertThat(accepted.at("/notification/state").asText()).isEqualTo("queued");
    String path = "/notifications/" + accepted.at("/notification/id").asLong();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.get(path).at("/notification/state").asText().equals("sent"));
    assertThat(client.get(path).at("/notification/attempts").asInt()).isEqualTo(1);
    assertThat(client.get("/notifications").at("/count").asInt()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | /users  | {\"username\":                                | JSON",
        "400 | /users  | [1]                                          | object",
        "400 | /users  | {\"username\":\"x\"}                          | email",
        "400 | /users  | {\"username\":7,\"email\":\"a@b.c\"}          | username",
        "422 | /users  | {\"username\":\"\",\"email\":\"a@b.c\"}       | username",
        "422 | /users  | {\"username\":\"x\",\"email\":\"nowhere\"}    | email",
        "400 | /orders | {\"user_id\":\"1\",\"product\":\"x\"}         | user_id",
        "400 | /orders | {\"user_id\":1}                              | product",
        "422 | /orders | {\"user_id\":1,\"product\":\"x\",\"quantity\":0}   | quantity",
        "400 | /orders | {\"user_id\":1,\"product\":\"x\",\"quantity\":1.5} | quantity",
        "422 | /orders | {\"user_id\":999999999,\"product\":\"x\"}     | 999999999",
        "400 | /orders | {\"user_id\":99999999999999999999,\"product\":\"x\"} | user_id",
        "400 | /notifications | {\"user_id\":1}                       | message",
      })
  void badInputIsNamed(int status, String path, String body, String named) {
    Answer answer = client.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertError(answer);
    assertThat(answer.at("/message").asText()).contains(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/999999999",
        "/users/-1",
        "/orders/999999999",
        "/notifications/999999999",
        "/nowhere",
        "/services/Nobody/health"
      })
  void whatIsNotThereIs404(String path) {
    Answer answer = client.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    assertError(answer);
  }

  @Test
  void aDuplicateNameIs409() {
    String name = unique();
    createUser(name);
    Answer again = createUser(name);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/message").asText()).contains(name);
  }

  @Test
  void aNameOfTenThousandCharactersIsRefused() {
    Answer answer = createUser("x".repeat(10_000));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/message").asText()).contains("username").contains("10000");
  }

  @Test
  void aBodyOfTenMegabytesIsRefused() {
    Answer answer = client.post("/users", "{\"username\":\"" + "x".repeat(10_000_000) + "\"}");
    assertThat(answer.status()).isEqualTo(413);
    assertError(answer);
  }

  @Test
  void anotherContentTypeIs415() {
    Answer answer =
        client.send(
            client
                .request("/users")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.status()).isEqualTo(415);
    assertError(answer);
  }

  @Test
  void anotherMethodIs405AndNamesThoseThereAre() {
    Answer answer = client.send(client.request("/users").DELETE());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.raw().headers().firstValue("Allow").orElse("")).contains("GET", "POST");
    assertError(answer);
  }

  private static void assertError(Answer answer) {
    assertThat(answer.at("/status").asText()).isEqualTo("error");
    assertThat(answer.at("/message").asText()).isNotBlank();
  }

  private Answer createUser(String name) {
    return client.post(
        "/users", "{\"username\":\"%s\",\"email\":\"a@example.com\"}".formatted(name));
  }

  private static String unique() {
    return "u" + UUID.randomUUID();
  }
}
