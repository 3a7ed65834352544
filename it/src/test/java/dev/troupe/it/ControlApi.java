package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;

/** Asks the seed node of a home as {@code bin/troupe} does, without starting a JVM for it. */
record ControlApi(Path home) {
  // One for all looks: each of its own would start a thread.
  private static final HttpClient HTTP = Client.newConnections();

  ClusterStatus status() {
    try {
      Answer answer = get("/status");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      return Json.MAPPER.readValue(answer.text(), ClusterStatus.class);
    } catch (IOException e) {
      throw new AssertionError("no seed node answers in " + home, e);
    }
  }

  Answer get(String path) {
    try {
      ControlFile control = ControlFile.read(home.resolve("run"));
      Client seed = Client.ofManagement(control.url(), HTTP);
      return seed.send(seed.request(path).header("Authorization", "Bearer " + control.token()));
    } catch (IOException e) {
      throw new AssertionError("no seed node answers in " + home, e);
    }
  }
}
