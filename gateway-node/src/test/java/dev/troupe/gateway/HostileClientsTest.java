package dev.troupe.gateway;

import static dev.troupe.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow, many or large, against a gateway with small limits. */
class HostileClientsTest {
  private static final String GET = "GET /users HTTP/1.1\r\nHost: test\r\n\r\n";

  @TempDir Path home;
  private GatewayFixture gateway;
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    gateway.close();
  }

  @Test
  void aHeadThatTakesTooLongIsToldSo() throws Exception {
    start("clients.head-timeout = 200ms");

    String response = rest(opened("GET /users HTTP/1.1\r\nHo"));

    assertThat(response).startsWith("HTTP/1.1 408 ").contains("Connection: close");
    assertThat(json(response).path("message").asText()).contains("200 ms");
    assertThat(gateway.server.stats().closedSlow()).isEqualTo(1);
  }

  @Test
  void aHeadThatIsTooLargeIsRefusedBeforeItEnds() throws Exception {
    start("max-head-size = 4KiB");

    String response = rest(opened("GET / HTTP/1.1\r\nHost: test\r\n" + headers(8, 700)));

    assertThat(response).startsWith("HTTP/1.1 431 ");
    assertThat(json(response).path("message").asText()).contains("4096 bytes");
  }

  @Test
  void aHeadUpToTheLimitIsTaken() throws Exception {
    start("max-head-size = 4KiB");

    assertThat(
            rest(
                opened(
                    "GET /users HTTP/1.1\r\nHost: test\r\nConnection: close\r\n"
                        + headers(5, 700)
                        + "\r\n")))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aBodyThatTakesTooLongIsToldSo() throws Exception {
    start("clients.body-timeout = 200ms");

    assertThat(until(opened(post(10) + "{"), "\"request_id\"")).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws Exception {
    start("clients.idle-timeout = 200ms");

    assertThat(rest(opened(""))).isEmpty();
    assertThat(gateway.server.stats().closedIdle()).isEqualTo(1);
  }

  @Test
  void idleConnectionsMakeRoomForNewOnes() throws Exception {
    start("max-connections = 8");
    for (int i = 0; i < 20; i++) {
      opened("");
    }

    assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
    assertThat(gateway.server.stats().closedForRoom()).isPositive();
  }

  @Test
  void whatHappenedToConnectionsIsShownWithTheServices() throws Exception {
    start("max-connections = 8");

    assertThat(json(gateway.get("/services")).path("connections").path("max").asInt()).isEqualTo(8);
  }

  @Test
  void slowHeadsMakeRoomForNewOnes() throws Exception {
    start("max-connections = 8");
    for (int i = 0; i < 20; i++) {
      opened("GET /users HTTP/1.1\r\nX-Slow: ");
    }

    assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
  }

  @Test
  void oneAddressHasNoMoreThanItsShare() throws Exception {
    start("clients.max-connections = 2");
    gateway.calls.answerBy(call -> new CompletableFuture<ServiceReply>());
    opened(GET);
    opened(GET);
    await().until(() -> gateway.calls.made.size() == 2);

    assertThat(rest(opened(""))).startsWith("HTTP/1.1 503 ").contains("your address");
    assertThat(gateway.server.stats().refused()).isEqualTo(1);
  }

  @Test
  void bodiesTogetherAreBounded() throws Exception {
    start("max-body = 64KiB, max-request-bytes = 64KiB, body-wait = 300ms");
    // one may overdraw, so that the second part of somebody's body always finds room
    for (int i = 0; i < 3; i++) {
      opened(post(60_000) + "x".repeat(30_000));
    }

    await()
        .untilAsserted(
            () -> {
              assertThat(rest(opened(post(60_000) + "x".repeat(30_000))))
                  .startsWith("HTTP/1.1 503 ");
              assertThat(gateway.server.stats().bodiesRefused()).isPositive();
            });
    assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatFindsRoomInTimeIsTaken() throws Exception {
    start("max-body = 64KiB, max-request-bytes = 64KiB, body-wait = 10s");
    List<Socket> unfinished = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      unfinished.add(opened(post(60_000) + "x".repeat(30_000)));
    }
    Socket waiting = opened(post(60_000) + "x".repeat(60_000));
    for (Socket socket : unfinished) {
      socket.close();
    }

    assertThat(until(waiting, "{}")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void repliesThatNobodyReadsAreBounded() throws Exception {
    start("max-unread-reply-bytes = 8MiB");
    gateway.calls.answer(ReplyStatus.OK, '"' + "x".repeat(6 << 20) + '"');
    for (int i = 0; i < 4; i++) {
      opened(GET);
    }

    await().until(() -> gateway.server.stats().repliesRefused() > 0);
    gateway.calls.answer(ReplyStatus.OK, "{}");
    assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
  }

  @Test
  void aReplyToAClientThatIsGoneHoldsNoRoom() throws Exception {
    start("max-unread-reply-bytes = 8MiB");
    String large = '"' + "x".repeat(6 << 20) + '"';
    CompletableFuture<Void> answered = new CompletableFuture<>();
    gateway.calls.answerBy(
        call -> answered.thenApply(done -> FakeCalls.reply(call, ReplyStatus.OK, large)));
    Socket client = opened(GET);
    await().until(() -> gateway.calls.made.size() == 1);
    client.setSoLinger(true, 0);
    client.close();
    await().until(() -> gateway.server.stats().open() == 0);
    answered.complete(null);

    assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
    assertThat(gateway.server.stats().repliesRefused()).isZero();
  }

  @Test
  void whoReadsNothingOfItsReplyIsCut() throws Exception {
    start("clients.write-timeout = 300ms");
    gateway.calls.answer(ReplyStatus.OK, '"' + "x".repeat(20 << 20) + '"');
    opened(GET);

    await().until(() -> gateway.server.stats().open() == 0);
    assertThat(gateway.server.stats().closedSlow()).isEqualTo(1);
  }

  @Test
  void aLargeReplyArrivesWhole() throws Exception {
    start("");
    String text = '"' + "0123456789".repeat(500_000) + '"';
    gateway.calls.answer(ReplyStatus.OK, text);

    assertThat(gateway.get("/users").body()).isEqualTo(text);
  }

  @Test
  void requestsSentAheadAreAnsweredInTheirOrder() throws Exception {
    start("");
    Socket socket = opened(GET.repeat(200) + "GET /nowhere HTTP/1.0\r\n\r\n");

    String responses = rest(socket);
    assertThat(responses.split("HTTP/1.1 200 ", -1)).hasSize(201);
    assertThat(responses).contains("HTTP/1.1 404 ");
  }

  @Test
  void ofRequestsSentAheadAFewAreWorkedOnAtATime() throws Exception {
    start("clients.max-pipelined = 2, max-connections = 100");
    Queue<CompletableFuture<ServiceReply>> replies = heldReplies();
    for (int i = 0; i < 5; i++) {
      opened(GET.repeat(1000));
    }
    await().until(() -> replies.size() == 5);
    for (int i = 0; i < 5; i++) {
      answer(replies.remove());
    }
    await().until(() -> replies.size() == 2);

    Socket waitsForItsAnswers = opened(GET);
    await().until(() -> replies.size() == 3);
    answer(replies.remove());
    answer(replies.remove());
    answer(replies.remove());
    assertThat(until(waitsForItsAnswers, "{}")).startsWith("HTTP/1.1 200 ");
    await().until(() -> replies.size() == 2);
    waitsForItsAnswers.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));

    await().until(() -> replies.size() == 3);
    assertThat(gateway.calls.made).hasSize(11);
  }

  @Test
  void whoWaitsWithRequestsSentAheadMakesRoomForNewOnes() throws Exception {
    start("clients.max-pipelined = 1, max-connections = 4");
    Queue<CompletableFuture<ServiceReply>> replies = heldReplies();
    for (int i = 0; i < 4; i++) {
      opened(GET.repeat(1000));
    }
    await().until(() -> replies.size() == 4);
    for (int i = 0; i < 4; i++) {
      answer(replies.remove());
    }

    gateway.calls.answer(ReplyStatus.OK, "{}");
    assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
    assertThat(gateway.server.stats().closedForRoom()).isPositive();
  }

  /** The replies of all calls from now on, which wait until the test gives them. */
  private Queue<CompletableFuture<ServiceReply>> heldReplies() {
    Queue<CompletableFuture<ServiceReply>> replies = new ConcurrentLinkedQueue<>();
    gateway.calls.answerBy(
        call -> {
          CompletableFuture<ServiceReply> reply = new CompletableFuture<>();
          replies.add(reply);
          return reply;
        });
    return replies;
  }

  private static void answer(CompletableFuture<ServiceReply> reply) {
    reply.complete(new ServiceReply(0, "", ReplyStatus.OK, JsonBytes.of("{}"), null));
  }

  private void start(String settings) throws Exception {
    gateway = GatewayFixture.start(home, settings);
    gateway.showAllReady();
  }

  private Socket opened(String text) throws IOException {
    Socket socket = gateway.connect();
    sockets.add(socket);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String post(int length) {
    return "POST /users HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
        + "Content-Length: %d\r\n\r\n".formatted(length);
  }

  private static String headers(int count, int length) {
    return ("X-Long: " + "x".repeat(length) + "\r\n").repeat(count);
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String until(Socket socket, String expected) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(expected) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new SocketException("closed after: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }
}
