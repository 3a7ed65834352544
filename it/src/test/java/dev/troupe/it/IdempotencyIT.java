package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A write under an Idempotency-Key is done once, whoever dies meanwhile. */
@OnSharedCluster
final class IdempotencyIT {
  private static final int WRITERS = 4;
  private static final int ENOUGH = 10;

  private record Written(String key, String body, Answer answer) {}

  @Test
  void writesUnderKeysDoNotFailWhileTheirServiceIsKilled(Cluster cluster) throws Exception {
    Client client = cluster.client();
    long before = lastUser(client);
    long pid = cluster.pid("UserService-1");
    AtomicBoolean relaunched = new AtomicBoolean();
    // So that the signal comes while all of them have a request under way, or nearly.
    CountDownLatch underWay = new CountDownLatch(WRITERS * ENOUGH);
    List<Written> all = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<CompletableFuture<List<Written>>> writers =
          IntStream.range(0, WRITERS)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> writeUntil(relaunched, underWay, client), threads))
              .toList();
      assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
      cluster.signal("KILL", pid);
      cluster.awaitRunning("UserService-1", pid);
      relaunched.set(true);
      writers.forEach(writer -> all.addAll(writer.join()));
    } finally {
      relaunched.set(true);
      threads.shutdown();
    }

    assertThat(all).hasSizeGreaterThanOrEqualTo(WRITERS * ENOUGH);
    assertThat(all)
        .allSatisfy(
            written ->
                assertThat(written.answer.status()).as(written.answer.text()).isEqualTo(201));
    assertThat(all)
        .extracting(Written::answer)
        .extracting(IdempotencyIT::id)
        .doesNotHaveDuplicates();
    // Ids are given in a row: there is no user beside those that were answered.
    assertThat(lastUser(client) - before - 1).isEqualTo(all.size());
    for (Written written : all.subList(0, ENOUGH)) {
      assertReplayed(written, post(client, "/users", written.key, written.body));
    }
  }

  @Test
  void aKeyStandsForOneRequest(Cluster cluster) {
    Client client = cluster.client();
    Written first = write(client);
    Answer other = post(client, "/users", first.key, user());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.at("/message").asText()).contains("Idempotency-Key", "another request");
    assertThat(post(client, "/users", "two words", user()).status()).isEqualTo(400);
    assertReplayed(first, post(client, "/users", first.key, first.body));
  }

  @Test
  void aForeignServiceNeedsNothingOfItsOwnForIt(Cluster cluster) {
    Client client = cluster.client();
    String name = "n" + UUID.randomUUID();
    String body = "{\"name\":\"%s\"}".formatted(name);
    String key = UUID.randomUUID().toString();
    Answer first = post(client, "/greetings", key, body);
    long pid = cluster.pid("GreeterService-1");
    cluster.signal("KILL", pid);
    Answer again = post(client, "/greetings", key, body);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.at("/times")).isEqualTo(first.at("/times"));
    assertThat(client.get("/greetings/" + name).at("/times").asInt()).isEqualTo(1);
    cluster.awaitRunning("GreeterService-1", pid);
  }

  private static List<Written> writeUntil(
      AtomicBoolean end, CountDownLatch underWay, Client client) {
    List<Written> written = new ArrayList<>();
    while (!end.get()) {
      written.add(write(client));
      underWay.countDown();
    }
    return written;
  }

  private static Written write(Client client) {
    String key = UUID.randomUUID().toString();
    String body = user();
    return new Written(key, body, post(client, "/users", key, body));
  }

  private static Answer post(Client client, String path, String key, String body) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  private static String user() {
    return "{\"username\":\"u%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID());
  }

  private static long id(Answer answer) {
    return answer.at("/user/id").asLong();
  }

  /** The id of the user created last, by creating one more. */
  private static long lastUser(Client client) {
    return id(client.post("/users", user()));
  }

  private static void assertReplayed(Written first, Answer again) {
    assertThat(again.status()).isEqualTo(first.answer.status());
    assertThat(withoutRequestId(again)).isEqualTo(withoutRequestId(first.answer));
    assertThat(again.at("/request_id")).isNotEqualTo(first.answer.at("/request_id"));
  }

  private static JsonNode withoutRequestId(Answer answer) {
    ObjectNode body = (ObjectNode) answer.json();
    body.remove("request_id");
    return body;
  }
}
