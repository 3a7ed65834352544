package dev.troupe.seed.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.alerts.AlertsActor;
import dev.troupe.seed.events.EventFile;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.supervisor.OperatorCommands;
import dev.troupe.seed.supervisor.SupervisorActor;
import dev.troupe.seed.traces.TracesActor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with a supervisor that only answers. */
final class ManagementServerTest {
  private static final ActorTestKit KIT = TestKits.realTime();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ClusterStatus STATUS =
      new ClusterStatus(
          "http://127.0.0.1:5000",
          List.of(
              new SlotStatus(
                  "UserService-1",
                  "UserService",
                  SlotState.BACKING_OFF,
                  3,
                  null,
                  null,
                  Instant.parse("2026-01-01T00:00:00Z"),
                  null,
                  2,
                  3,
                  1,
                  "exit code 1: no disk",
                  List.of("no disk"))));

  private static final RegistryView VIEW =
      new RegistryView(
          List.of(),
          Map.of(
              "UserService",
              new ServiceView(
                  new ServiceDescriptor(
                      "UserService",
                      "1",
                      List.of(
                          new ActionDescriptor(
                              "get_user", HttpMethod.GET, PathTemplate.of("/users/{id}"), true))),
                  0,
                  0)),
          List.of());

  @TempDir private static Path home;
  private static ControlFile control;

  @BeforeAll
  static void bind() throws Exception {
    control = start(KIT, home, 0);
  }

  static ControlFile start(ActorTestKit kit, Path home, int port) throws Exception {
    Files.writeString(home.resolve(SettingsLoader.FILE), "troupe.management.port = " + port);
    Settings settings = SettingsLoader.load(home, Map.of());
    Path run = Files.createDirectories(settings.run());
    ManagementServer.start(
        new ManagementSources(
            kit.system(),
            kit.spawn(supervisor()),
            kit.spawn(EventJournal.create(new EventFile(run, settings.events()))),
            kit.spawn(Behaviors.<AlertsActor.Command>ignore()),
            kit.spawn(Behaviors.<TracesActor.Command>ignore()),
            null,
            () -> VIEW,
            Map::of,
            settings,
            HomeSecret.obtain(run),
            ForkJoinPool.commonPool()));
    return ControlFile.read(run);
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private static Behavior<SupervisorActor.Command> supervisor() {
    return Behaviors.receive(SupervisorActor.Command.class)
        .onMessage(
            SupervisorActor.GetStatus.class,
            get -> {
              get.replyTo().tell(STATUS);
              return Behaviors.same();
            })
        .onMessage(
            SupervisorActor.Execute.class,
            request -> {
              request
                  .replyTo()
                  .tell(answerTo(((OperatorCommands.Restart) request.command()).target()));
              return Behaviors.same();
            })
        .build();
  }

  private static OperatorCommands.Reply answerTo(String target) {
    return switch (target) {
      case "UserService" ->
          new OperatorCommands.Begun(List.of("UserService-1", "UserService-2"), 0);
      case "late" -> new OperatorCommands.Refused("the cluster is being stopped");
      default -> new OperatorCommands.UnknownTarget(List.of("UserService", "UserService-1"));
    };
  }

  @Test
  void tellsTheRoutesOfAllServicesAndOfTheGateway() throws Exception {
    JsonNode routes = Json.MAPPER.readTree(send(authorized("/routes").GET()).body());

    assertThat(routes.get("routes"))
        .extracting(route -> route.get("path").asText())
        .containsExactly(
            "/",
            "/cluster",
            "/docs",
            "/docs/{file}",
            "/health",
            "/openapi.json",
            "/services",
            "/services/{name}/health",
            "/users/{id}");
    assertThat(routes.get("routes").get(8))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"method":"GET","path":"/users/{id}","service":"UserService",
                 "action":"get_user","ready":0}
                """));
  }

  @Test
  void whoHoldsManyConnectionsKeepsOutNobody() throws Exception {
    URI url = URI.create(control.url());
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        Socket socket = new Socket(url.getHost(), url.getPort());
        sockets.add(socket);
        socket.getOutputStream().write("GET /status HTTP/1.1\r\nX-Slow: ".getBytes(US_ASCII));
      }

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> send(authorized("/status").GET()).statusCode() == 200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void theControlFileNamesTheApiItsTokenAndTheProcessToItsOwnerOnly() throws IOException {
    assertThat(control.url()).matches("http://127\\.0\\.0\\.1:[1-9]\\d*");
    assertThat(control.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /status",
    "GET, /routes",
    "POST, /restart/UserService",
    "POST, /stop",
    "GET, /no/such"
  })
  void nothingIsAnsweredWithoutTheToken(String method, String path) throws Exception {
    HttpResponse<String> none = send(request(path).method(method, noBody()));
    HttpResponse<String> wrong =
        send(request(path).method(method, noBody()).header("Authorization", "Bearer guess"));

    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(message(wrong))
        .isEqualTo("the token of run/control.json is needed, as Authorization: Bearer TOKEN");
    assertThat(KIT.system().whenTerminated().isCompleted()).as("nothing was stopped").isFalse();
  }

  @Test
  void aCallerWithoutTheTokenGetsAProofThatThisIsTheSeedNode() throws Exception {
    String nonce = ControlProof.newNonce();

    HttpResponse<String> response = send(request(ControlProof.PATH + nonce).GET());

    assertThat(response.statusCode()).isEqualTo(200);
    ControlProof proof = Json.MAPPER.readValue(response.body(), ControlProof.class);
    assertThat(proof.isOf(control.token(), nonce)).isTrue();
    assertThat(proof.isOf(control.token(), ControlProof.newNonce())).isFalse();
    assertThat(send(request(ControlProof.PATH + "short").GET()).statusCode()).isEqualTo(400);
  }

  @Test
  void theStatusIsJsonForPeopleAndPrograms() throws Exception {
    HttpResponse<String> response = send(authorized("/status").GET());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = Json.MAPPER.readTree(response.body());
    assertThat(body.get("gateway").asText()).isEqualTo("http://127.0.0.1:5000");
    JsonNode slot = body.get("slots").get(0);
    assertThat(slot.get("slot").asText()).isEqualTo("UserService-1");
    assertThat(slot.get("service").asText()).isEqualTo("UserService");
    assertThat(slot.get("state").asText()).isEqualTo("backing-off");
    assertThat(slot.get("generation").asInt()).isEqualTo(3);
    assertThat(slot.get("exit_code").asInt()).isEqualTo(1);
    assertThat(slot.has("pid")).as("nothing runs").isFalse();
    assertThat(Json.MAPPER.treeToValue(body, ClusterStatus.class)).isEqualTo(STATUS);
  }

  @Test
  void aRestartIsAcceptedWithTheSlotsItConcerns() throws Exception {
    HttpResponse<String> response = send(authorized("/restart/UserService").POST(noBody()));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body())
        .isEqualTo("{\"slots\":[\"UserService-1\",\"UserService-2\"],\"rollout\":0}");
  }

  @Test
  void anUnknownTargetIsNotFoundAndTheKnownOnesAreNamed() throws Exception {
    HttpResponse<String> response = send(authorized("/restart/UserServce").POST(noBody()));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(message(response))
        .isEqualTo(
            "there is no slot or service 'UserServce'; there are: UserService, UserService-1");
  }

  @Test
  void aRestartIsRefusedWhileEverythingIsStopped() throws Exception {
    HttpResponse<String> response = send(authorized("/restart/late").POST(noBody()));

    assertThat(response.statusCode()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource({"GET, /nothing", "GET, /restart", "POST, /status/a", "GET, /%2e%2e/status%2F"})
  void anythingElseIsAnsweredWithWhatThereIs(String method, String path) throws Exception {
    HttpResponse<String> response = send(authorized(path).method(method, noBody()));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(message(response)).contains("GET /status", "POST /restart/", "POST /stop");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /restart/UserService, POST",
    "POST, /status, 'GET, HEAD'",
    "GET, /stop, POST",
    "OPTIONS, /status, 'GET, HEAD'",
    "DELETE, /stop, POST"
  })
  void anotherMethodIsAnsweredWithThoseThereAre(String method, String path, String allowed)
      throws Exception {
    HttpResponse<String> response = send(authorized(path).method(method, noBody()));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains(allowed);
    assertThat(message(response)).contains(path + " does not answer " + method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status", "/stream"})
  void aHeadHasTheHeadersOfAGetAndEnds(String path) throws Exception {
    HttpResponse<String> response = send(authorized(path).method("HEAD", noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
  }

  @Test
  void aPathOfManySegmentsIsOneThatThereIsNot() throws Exception {
    assertThat(send(authorized("/a".repeat(8000)).GET()).statusCode()).isEqualTo(404);
    assertThat(send(authorized("/a".repeat(9000)).GET()).statusCode()).isEqualTo(414);
    assertThat(send(authorized("/status").GET()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/events?limit=many, limit: 'many' (expected: a number from 0 to 5000)",
    "/slots/UserService-1/incident?minutes=0, minutes: '0' (expected: a number from 1 to 60)",
    "/events?limit=-1, limit: '-1' (expected: a number from 0 to 5000)",
    "/events?since=now, since: 'now' (expected: a time like 2026-01-31T23:59:59Z)"
  })
  void aParameterThatCannotBeUsedIsNamed(String path, String message) throws Exception {
    HttpResponse<String> response = send(authorized(path).GET());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(message(response)).isEqualTo(message);
  }

  @Test
  void ifItsPortIsTakenAnotherOneIs(@TempDir Path ownHome) throws Exception {
    ActorTestKit kit = TestKits.realTime();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ControlFile own = start(kit, ownHome, taken.getLocalPort());

      int port = URI.create(own.url()).getPort();
      assertThat(port).isPositive().isNotEqualTo(taken.getLocalPort());
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void stopBeginsTheOrderlyEndOfTheNode(@TempDir Path ownHome) throws Exception {
    ActorTestKit kit = TestKits.realTime();
    CompletableFuture<Done> answered = new CompletableFuture<>();
    // As the ordered stop of all slots does.
    CoordinatedShutdown.get(kit.system())
        .addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "drain", () -> answered);
    try {
      ControlFile own = start(kit, ownHome, 0);

      HttpResponse<String> response =
          send(
              HttpRequest.newBuilder(URI.create(own.url() + "/stop"))
                  .header("Authorization", "Bearer " + own.token())
                  .POST(noBody()));

      assertThat(response.statusCode()).isEqualTo(202);
      answered.complete(Done.getInstance());
      kit.system().getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } finally {
      kit.shutdownTestKit();
    }
  }

  private static Path file() {
    return home.resolve("run").resolve(ControlFile.NAME);
  }

  private static HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + control.token());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(control.url() + path));
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String message(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body()).get("message").asText();
  }
}
