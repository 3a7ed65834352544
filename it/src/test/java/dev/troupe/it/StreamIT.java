package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.troupe.it.files.FilesService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are larger than the memory of the processes they pass. */
final class StreamIT {
  private static final int MIB = 1 << 20;
  private static final int FILE_MIB = 96;

  private final HttpClient http = Client.newConnections();

  @TempDir private Path home;

  @Test
  void bodiesPassWithoutBeingHeldAndEndWithTheirProcess() throws Exception {
    ServiceJar.pack(home, FilesService.class);
    Path directory = Files.createDirectories(home.resolve("files"));
    String hash = writeFile(directory.resolve("large"));
    try (Cluster cluster =
        Cluster.start(
            home,
            """
            troupe.gateway { jvm-options = ["-Xmx64m"], clients.write-timeout = 2s }
            troupe.services {
              Files {
                class = "%s"
                jvm-options = ["-Xmx48m"]
                settings { directory = "%s" }
              }
            }
            """
                .formatted(FilesService.class.getName(), directory))) {
      Client client = cluster.client();
      long pid = cluster.pid("Files-1");
      long gateway = cluster.pid("gateway-1");
      assertThat(hash(get(client, "/files/large").body())).isEqualTo(hash);
      aFileIsTakenAsItIs(client, directory, hash);
      eventsArrive(client);
      slowReadersCostNoMemory(client);
      assertThat(cluster.pid("Files-1")).isEqualTo(pid);
      assertThat(cluster.pid("gateway-1")).isEqualTo(gateway);
      aProcessThatIsKilledEndsItsReplies(cluster, client, pid);
      aProcessThatIsKilledEndsItsUploads(cluster, client, directory);
      aProcessThatStopsEndsItsEvents(cluster, client);
    }
  }

  private HttpResponse<InputStream> get(Client client, String path) throws Exception {
    HttpResponse<InputStream> response =
        http.send(client.request(path).build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  private BufferedReader events(Client client, String path) throws Exception {
    return new BufferedReader(
        new InputStreamReader(get(client, path).body(), StandardCharsets.UTF_8));
  }

  private static String writeFile(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] bytes = new byte[MIB];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < FILE_MIB; i++) {
        random.nextBytes(bytes);
        digest.update(bytes);
        out.write(bytes);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hash(InputStream body) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] bytes = new byte[MIB];
    try (body) {
      for (int length = body.read(bytes); length >= 0; length = body.read(bytes)) {
        digest.update(bytes, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void aFileIsTakenAsItIs(Client client, Path directory, String hash) throws Exception {
    HttpResponse<String> saved =
        http.send(
            client
                .request("/files/copy")
                .PUT(BodyPublishers.ofFile(directory.resolve("large")))
                .build(),
            BodyHandlers.ofString());
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
    assertThat(hash(Files.newInputStream(directory.resolve("copy")))).isEqualTo(hash);
  }

  private void eventsArrive(Client client) throws Exception {
    List<String> expected =
        IntStream.rangeClosed(1, 1000).mapToObj(number -> "data: number " + number).toList();
    try (BufferedReader numbers = events(client, "/numbers/1000")) {
      assertThat(numbers.lines().filter(line -> line.startsWith("data: "))).isEqualTo(expected);
    }
    try (BufferedReader news = events(client, "/events")) {
      assertThat(news.readLine()).as("a comment begins the stream").isEqualTo(":");
      client.post("/events", "{\"news\":\"a file\"}");
      assertThat(news.lines().filter(line -> line.startsWith("data: ")).findFirst())
          .contains("data: {\"news\":\"a file\"}");
    }
  }

  private void slowReadersCostNoMemory(Client client) throws Exception {
    List<InputStream> slow = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      slow.add(get(client, "/endless").body());
    }
    // All of them wait for their clients now, or were ended because these read nothing.
    assertThat(client.get("/files/none").status()).isEqualTo(500);
    for (InputStream body : slow) {
      body.close();
    }
  }

  private void aProcessThatIsKilledEndsItsReplies(Cluster cluster, Client client, long pid)
      throws Exception {
    InputStream endless = get(client, "/endless").body();
    endless.readNBytes(MIB);

    CompletableFuture<byte[]> rest = CompletableFuture.supplyAsync(() -> readToTheEnd(endless));
    cluster.signal("KILL", pid);

    await().atMost(Duration.ofSeconds(20)).until(rest::isDone);
    assertThatThrownBy(rest::join).hasCauseInstanceOf(UncheckedIOException.class);
    cluster.awaitRunning("Files-1", pid);
  }

  private void aProcessThatIsKilledEndsItsUploads(Cluster cluster, Client client, Path directory)
      throws Exception {
    long pid = cluster.pid("Files-1");
    InputStream endless = new FilesService.Endless();
    CompletableFuture<HttpResponse<String>> upload =
        http.sendAsync(
            client
                .request("/files/endless")
                .PUT(BodyPublishers.ofInputStream(() -> endless))
                .build(),
            BodyHandlers.ofString());
    await().atMost(Duration.ofSeconds(30)).until(() -> arriving(directory) > MIB);

    cluster.signal("KILL", pid);

    // The client may see the end of the connection before the reply.
    await().atMost(Duration.ofSeconds(30)).until(upload::isDone);
    assertThat(upload.handle((reply, failure) -> reply == null ? 503 : reply.statusCode()).join())
        .isEqualTo(503);
    cluster.awaitRunning("Files-1", pid);
  }

  // How much the service has taken of an upload: it keeps the bytes in a file of their own.
  private static long arriving(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".part"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static byte[] readToTheEnd(InputStream body) {
    byte[] bytes = new byte[MIB];
    try {
      while (body.read(bytes) >= 0) {
        // The rest is the same.
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void aProcessThatStopsEndsItsEvents(Cluster cluster, Client client) throws Exception {
    try (BufferedReader news = events(client, "/events")) {
      assertThat(news.readLine()).isEqualTo(":");
      assertThat(cluster.run("restart", "Files-1").exitCode()).isZero();
      assertThat(news.lines().filter(line -> line.startsWith("data: "))).isEmpty();
    }
  }
}
