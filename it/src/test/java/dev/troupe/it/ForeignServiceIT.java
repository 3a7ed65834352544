package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A service that Troupe knows nothing of but its jar and its class name. */
@OnSharedCluster
final class ForeignServiceIT {
  @Test
  void isReachableAtThePathsItStates(Cluster cluster) {
    Client client = cluster.client();
    String name = "n" + UUID.randomUUID();
    assertThat(client.get("/greetings/" + name).status()).isEqualTo(404);
    Answer first = client.post("/greetings", "{\"name\":\"%s\"}".formatted(name));
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.at("/message").asText()).isEqualTo("Hello, " + name + "!");
    client.post("/greetings", "{\"name\":\"%s\"}".formatted(name));
    assertThat(client.get("/greetings/" + name).at("/times").asInt()).isEqualTo(2);
    assertThat(client.get("/").at("/endpoints/greetings").asText()).isEqualTo("/greetings");
  }

  @Test
  void callsAReferenceService(Cluster cluster) {
    Client client = cluster.client();
    String name = "n" + UUID.randomUUID();
    long user =
        client
            .post("/users", "{\"username\":\"%s\",\"email\":\"a@example.com\"}".formatted(name))
            .at("/user/id")
            .asLong();
    Answer greeted = client.post("/greetings/users/" + user, "");
    assertThat(greeted.at("/message").asText()).isEqualTo("Hello, " + name + "!");
    assertThat(client.post("/greetings/users/999999999", "").status()).isEqualTo(404);
  }

  @Test
  void isSupervised(Cluster cluster) {
    String name = "n" + UUID.randomUUID();
    cluster.client().post("/greetings", "{\"name\":\"%s\"}".formatted(name));
    long pid = cluster.pid("GreeterService-1");
    cluster.signal("KILL", pid);
    cluster.awaitRunning("GreeterService-1", pid);
    assertThat(cluster.client().get("/greetings/" + name).at("/times").asInt()).isEqualTo(1);
  }
}
