package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a REST client expects beyond the seed system: changes, versions, places and pages. */
@OnSharedCluster
final class ChangesIT {
  private Client client;

  @BeforeEach
  void connect(Cluster cluster) {
    client = cluster.client();
  }

  @Test
  void whatIsCreatedSaysWhereItIs() {
    Answer user = createUser();
    String path = user.header("Location");
    assertThat(path).isEqualTo("/users/" + user.at("/user/id"));
    assertThat(client.get(path).at("/user")).isEqualTo(user.at("/user"));
    Answer order = createOrder(user);
    assertThat(client.get(order.header("Location")).at("/order")).isEqualTo(order.at("/order"));
    Answer queued = client.post("/notifications", "{\"user_id\":1,\"message\":\"hi\"}");
    assertThat(client.get(queued.header("Location")).at("/notification/id"))
        .isEqualTo(queued.at("/notification/id"));
  }

  @Test
  void aUserIsReplacedChangedAndDeleted() {
    String path = createUser().header("Location");
    String name = unique();
    Answer replaced = client.send("PUT", path, user(name));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(client.get(path).at("/user/username").asText()).isEqualTo(name);

    Answer changed = client.send("PATCH", path, "{\"email\":\"new@example.com\"}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(client.get(path).at("/user/username").asText()).isEqualTo(name);
    assertThat(client.get(path).at("/user/email").asText()).isEqualTo("new@example.com");

    Answer deleted = client.send("DELETE", path, "");
    assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    assertThat(deleted.at("/status").asText()).isEqualTo("success");
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.send("DELETE", path, "").status()).isEqualTo(404);
  }

  @Test
  void aTakenNameIs409() {
    String taken = createUser().at("/user/username").asText();
    Answer answer = client.send("PUT", createUser().header("Location"), user(taken));
    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    assertThat(answer.at("/message").asText()).contains(taken);
  }

  @Test
  void onlyWhoHasSeenTheNewestVersionChangesIt() {
    String path = createUser().header("Location");
    String seen = client.get(path).header("ETag");
    assertThat(seen).isEqualTo("\"1\"");
    Answer first = client.send("PUT", path, user(unique()), "If-Match", seen);
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.header("ETag")).isEqualTo(client.get(path).header("ETag")).isNotEqualTo(seen);

    Answer second = client.send("PUT", path, user(unique()), "If-Match", seen);
    assertThat(second.status()).as(second.text()).isEqualTo(412);
    assertThat(second.at("/status").asText()).isEqualTo("error");
    assertThat(client.send("PATCH", path, "{\"email\":\"x@y\"}", "If-Match", seen).status())
        .isEqualTo(412);
    assertThat(client.send("DELETE", path, "", "If-Match", seen).status()).isEqualTo(412);
    assertThat(client.send("PUT", path, user(unique()), "If-Match", "1").status()).isEqualTo(400);
    assertThat(client.send("POST", "/users", user(unique()), "If-Match", "*").status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource({"GET", "HEAD"})
  void whatTheClientHasIsNotSentAgain(String method) {
    String path = createUser().header("Location");
    String seen = client.get(path).header("ETag");
    Answer same = client.send(method, path, "", "If-None-Match", seen);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.text()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(seen);
    client.send("PATCH", path, "{\"email\":\"x@y\"}");
    assertThat(client.send(method, path, "", "If-None-Match", seen).status()).isEqualTo(200);
  }

  @Test
  void aHeadHasTheHeadersOfItsGet() {
    String path = createUser().header("Location");
    Answer get = client.send(client.request(path).GET().header("X-Request-Id", "same"));
    Answer head = client.send("HEAD", path, "", "X-Request-Id", "same");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    for (String header : new String[] {"ETag", "Content-Type", "Content-Length"}) {
      assertThat(head.header(header)).as(header).isNotEmpty().isEqualTo(get.header(header));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/users           | GET, HEAD, POST, OPTIONS               |",
        "/users/1         | GET, HEAD, PUT, PATCH, DELETE, OPTIONS | application/json",
        "/orders/1/cancel | POST, OPTIONS                          |"
      })
  void optionsSaysWhatAPathTakes(String path, String allow, String patches) {
    Answer answer = client.send("OPTIONS", path, "");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).isEqualTo(allow);
    assertThat(answer.header("Accept-Patch")).startsWith(patches == null ? "" : patches);
  }

  @Test
  void aChangeUnderAKeyIsAnsweredAgainWithItsHeaders() {
    String key = UUID.randomUUID().toString();
    String body = user(unique());
    Answer created = client.send("POST", "/users", body, "Idempotency-Key", key);
    Answer again = client.send("POST", "/users", body, "Idempotency-Key", key);
    assertThat(again.header("Location")).isNotEmpty().isEqualTo(created.header("Location"));

    String path = created.header("Location");
    String deletion = UUID.randomUUID().toString();
    for (int i = 0; i < 2; i++) {
      Answer deleted = client.send("DELETE", path, "", "Idempotency-Key", deletion);
      assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    }
  }

  @Test
  void anOrderIsCancelledOnce() {
    Answer order = createOrder(createUser());
    String path = order.header("Location");
    Answer cancelled = client.post(path + "/cancel", "");
    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
    assertThat(cancelled.at("/order/status").asText()).isEqualTo("cancelled");
    assertThat(client.get(path).at("/order")).isEqualTo(cancelled.at("/order"));
    assertThat(client.post(path + "/cancel", "").status()).isEqualTo(409);
    assertThat(client.post("/orders/999999999/cancel", "").status()).isEqualTo(404);
  }

  @Test
  void theOrdersOfAUserStayWhenItIsDeletedAndTakeNoMore() {
    Answer user = createUser();
    createOrder(user);
    client.send("DELETE", user.header("Location"), "");
    assertThat(client.get("/orders?user_id=" + user.at("/user/id")).at("/count").asInt())
        .isEqualTo(1);
    assertThat(createOrder(user).status()).isEqualTo(422);
  }

  @Test
  void theLinksOfAFilteredListLeadThroughAllOfIt() {
    Answer user = createUser();
    for (int i = 0; i < 3; i++) {
      createOrder(user);
      createOrder(createUser());
    }
    String list = "/orders?user_id=" + user.at("/user/id");
    String first = "</orders?limit=2&user_id=" + user.at("/user/id") + ">; rel=\"first\"";

    Answer page = client.get(list + "&limit=2");
    assertThat(page.at("/count").asInt()).isEqualTo(2);
    assertThat(page.header("Link"))
        .matches("</orders\\?after=\\d+&limit=2&user_id=\\d+>; rel=\"next\"");
    Answer last = client.get(page.header("Link").replaceAll("<(.*)>.*", "$1"));
    assertThat(last.at("/count").asInt()).isEqualTo(1);
    assertThat(last.header("Link")).isEqualTo(first);
    assertThat(client.get(list).header("Link")).isEmpty();
    assertThat(client.get(list + "&status=cancelled").at("/count").asInt()).isZero();
  }

  private Answer createUser() {
    return client.post("/users", user(unique()));
  }

  private Answer createOrder(Answer user) {
    return client.post(
        "/orders", "{\"user_id\":%s,\"product\":\"Book\"}".formatted(user.at("/user/id")));
  }

  private static String user(String name) {
    return "{\"username\":\"%s\",\"email\":\"a@example.com\"}".formatted(name);
  }

  private static String unique() {
    return "u" + UUID.randomUUID();
  }
}
