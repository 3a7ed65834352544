package dev.troupe.seed.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.json.Json;
import dev.troupe.seed.TestKits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.ZipInputStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP: the login, and what a browser and a program read. */
@Timeout(60)
final class ManagementPagesTest {
  private static final ActorTestKit KIT = TestKits.realTime();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path home;
  private static Path logs;
  private static ControlFile control;

  @BeforeAll
  static void bind() throws Exception {
    control = ManagementServerTest.start(KIT, home, 0);
    logs = Files.createDirectories(home.resolve("run/logs"));
    Files.writeString(
        logs.resolve("UserService-1.log"),
        "2026-01-01 10:00:00.000 INFO  Start - ready\n2026-01-01 10:00:01.000 WARN  Work - slow\n");
    Files.writeString(logs.resolve("hs_err_UserService-1_7.log"), "# SIGSEGV");
    Files.createSymbolicLink(logs.resolve("LinkService-1.out"), home.resolve("run/control.json"));
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aLoginLinkBeginsOneSessionThatTheApiAnswers() throws Exception {
    String path = link();

    HttpResponse<String> login = send(request(path).GET());
    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(login.body()).contains("url=/ui/");
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    assertThat(send(request("/status").header("Cookie", cookie).GET()).statusCode()).isEqualTo(200);
    assertThat(
            send(request("/restart/UserService")
                    .header("Cookie", cookie)
                    .header("Origin", control.url())
                    .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(202);
    assertThat(
            send(request("/restart/UserService")
                    .header("Cookie", cookie)
                    .header("Origin", "http://evil.example")
                    .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(403);
    assertThat(send(request(path).GET()).headers().firstValue("Set-Cookie"))
        .as("the link is used up")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example,403,of another origin",
    ",403,of another origin",
    "own,400,begins with one /"
  })
  void callsAreMadeForPagesOfTheDashboardOnly(String origin, int code, String text)
      throws Exception {
    HttpResponse<String> login = send(request(link()).GET());
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    HttpRequest.Builder call =
        request("/calls")
            .header("Cookie", cookie)
            .POST(BodyPublishers.ofString("{\"method\":\"GET\",\"path\":\"//evil.example/\"}"));
    if (origin != null) {
      call.header("Origin", origin.equals("own") ? control.url() : origin);
    }

    HttpResponse<String> answer = send(call);

    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(answer.body()).contains(text);
  }

  @Test
  void aHeadOfALoginLinkLeavesItGood() throws Exception {
    String path = link();

    assertThat(send(request(path).method("HEAD", BodyPublishers.noBody())).headers().map())
        .doesNotContainKey("set-cookie");
    assertThat(send(request(path).GET()).statusCode()).isEqualTo(200);
  }

  @Test
  void anIncidentIsOneFile() throws Exception {
    HttpResponse<InputStream> response =
        HTTP.send(
            authorized("/slots/UserService-1/incident?at=2026-01-01T10:00:00Z").GET().build(),
            BodyHandlers.ofInputStream());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
    assertThat(response.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"incident-UserService-1-20260101T100000Z.zip\"");
    try (ZipInputStream zip = new ZipInputStream(response.body())) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("why.txt");
      assertThat(new String(zip.readAllBytes(), UTF_8)).contains("UserService-1");
    }
    assertThat(send(authorized("/slots/Nobody-1/incident")).statusCode()).isEqualTo(404);
  }

  @Test
  void theLogsAreSearched() throws Exception {
    JsonNode all = json("/logs?slot=UserService&limit=1");
    assertThat(all.at("/lines/0/text").asText()).isEqualTo("slow");
    assertThat(all.at("/truncated").asBoolean()).isTrue();

    JsonNode found = json("/logs?grep=r.ady&regex=1&level=info");
    assertThat(found.at("/lines")).hasSize(1);
    assertThat(found.at("/lines/0/slot").asText()).isEqualTo("UserService-1");
  }

  @ParameterizedTest
  @CsvSource({
    "/logs?slot=Nobody, 404, there is no log of 'Nobody'",
    "/logs?level=loud, 400, level: 'loud'",
    "/logs?grep=(&regex=1, 400, cannot be used",
    "/logs?limit=0, 400, limit: '0'",
    "/logs/follow?grep=(&regex=1, 400, cannot be used",
    "/logs/follow?slot=Nobody, 404, there is no log of 'Nobody'",
    "/slots/Nobody-1, 404, there is no slot 'Nobody-1'",
    "/slots/Nobody-1/files, 404, there are no files",
    "/slots/UserService-1/files/control.json, 404, there is no file 'control.json'",
    "/slots/UserService-1/files/..%2Fcontrol.json, 404, there is no file",
    "/slots/LinkService-1/files, 404, there are no files",
    "/slots/%2E%2E%2Fx-1/files, 404, there are no files",
    "/services/Nobody, 404, there is no service 'Nobody'; there are: UserService"
  })
  void whatIsNotThereIsSaidNotToBe(String path, int code, String message) throws Exception {
    HttpResponse<String> response = send(authorized(path));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
    assertThat(Json.MAPPER.readTree(response.body()).get("message").asText()).contains(message);
  }

  @Test
  void theFilesOfASlotAreListedAndDownloaded() throws Exception {
    JsonNode files = json("/slots/UserService-1/files");
    assertThat(files.at("/files"))
        .extracting(file -> file.get("name").asText() + " " + file.get("kind").asText())
        .containsExactly("UserService-1.log log", "hs_err_UserService-1_7.log crash");

    HttpResponse<String> crash =
        send(authorized("/slots/UserService-1/files/hs_err_UserService-1_7.log"));
    assertThat(crash.body()).isEqualTo("# SIGSEGV");
    assertThat(crash.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("attachment");
  }

  @Test
  void theClusterAndAServiceAreShownAsTheRegistryKnowsThem() throws Exception {
    assertThat(json("/cluster").at("/synced").asBoolean()).isTrue();
    assertThat(json("/services/UserService").at("/service").asText()).isEqualTo("UserService");
  }

  @Test
  void aClientThatFollowsALogGetsWhatIsWritten() throws Exception {
    Path log = logs.resolve("OrderService-1.log");
    Files.writeString(log, "2026-01-01 10:00:00.000 INFO  A - there\n");
    try (BufferedReader stream = stream(authorized("/logs/follow?slot=OrderService&tail=5"))) {
      assertThat(next("line", stream).get("text").asText()).isEqualTo("there");

      Files.writeString(log, "2026-01-01 10:00:01.000 INFO  A - new\n", StandardOpenOption.APPEND);

      assertThat(next("line", stream).get("text").asText()).isEqualTo("new");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no-position"})
  void aStreamBeginsWithTheStatus(String lastId) throws Exception {
    HttpRequest.Builder request = authorized("/stream");
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    try (BufferedReader stream = stream(request)) {
      assertThat(next("status", stream).at("/slots/0/slot").asText()).isEqualTo("UserService-1");
    }
  }

  @Test
  void aStreamThatIsResumedBeginsWithWhatWasMissed() throws Exception {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    Files.write(
        home.resolve("run").resolve(Event.FILE),
        (line("A-1", at) + line("B-1", at) + line("C-1", at.plusSeconds(1)))
            .getBytes(StandardCharsets.UTF_8));

    try (BufferedReader stream = stream(authorized("/stream").header("Last-Event-ID", at + "_1"))) {
      assertThat(next("event", stream).get("slot").asText()).isEqualTo("B-1");
      assertThat(next("event", stream).get("slot").asText()).isEqualTo("C-1");
    }
  }

  private static String line(String slot, Instant at) {
    return new String(
            Json.write(Event.of(at, slot, EventKind.READY, 1, 1L)), StandardCharsets.UTF_8)
        + "\n";
  }

  private static String link() throws Exception {
    HttpResponse<String> link = send(authorized("/login-link").POST(BodyPublishers.noBody()));
    return Json.MAPPER.readTree(link.body()).get("path").asText();
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<String> response = send(authorized(path));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.MAPPER.readTree(response.body());
  }

  private static BufferedReader stream(HttpRequest.Builder request) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            HTTP.send(request.build(), BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  /** The data of the next event with this name. */
  private static JsonNode next(String event, BufferedReader stream) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.equals("event: " + event)) {
        return Json.MAPPER.readTree(stream.readLine().substring("data: ".length()));
      }
    }
    throw new AssertionError("the stream ended before an event " + event);
  }

  private static HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + control.token());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(control.url() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
