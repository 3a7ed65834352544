package dev.troupe.gateway;

import static dev.troupe.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ReplyStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: what type and size they may have, and how the others are refused. */
class BodiesTest {
  private static final int MAX_BODY = 1024;
  private static final int HUGE = 10_000_000;

  @TempDir static Path home;
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayFixture.start(home);
    gateway.showAllReady();
    gateway.calls.answer(ReplyStatus.OK, "{}");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void forget() {
    gateway.calls.made.clear();
  }

  @Test
  void aBodyOfTheLargestSizePasses() throws Exception {
    assertThat(gateway.post("/users", "x".repeat(MAX_BODY)).statusCode()).isEqualTo(200);
    assertThat(gateway.calls.last().data().size()).isEqualTo(MAX_BODY);
  }

  @Test
  void aBodyWithoutAKnownSizePassesToo() throws Exception {
    assertThat(postChunked(MAX_BODY).statusCode()).isEqualTo(200);
    assertThat(gateway.calls.last().data().size()).isEqualTo(MAX_BODY);
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX_BODY + 1, HUGE})
  void aLargerBodyIsRefused(int size) throws Exception {
    requireTooLarge(gateway.post("/users", "x".repeat(size)));
    assertThat(gateway.calls.made).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX_BODY + 1, HUGE})
  void aLargerBodyWithoutAKnownSizeIsRefused(int size) throws Exception {
    requireTooLarge(postChunked(size));
    assertThat(gateway.calls.made).isEmpty();
  }

  @Test
  void aClientThatWaitsForTheGoAheadIsRefusedBeforeItSends() throws Exception {
    String response =
        gateway.raw(head("POST /users", "Content-Length: " + HUGE, "Expect: 100-continue", JSON));

    assertThat(response).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    assertThat(json(response).path("status").asText()).isEqualTo("error");
  }

  @Test
  void aClientThatWaitsForTheGoAheadGetsIt() throws Exception {
    try (Socket socket = gateway.connect()) {
      send(socket, head("POST /users", "Content-Length: 2", "Expect: 100-continue", JSON));
      byte[] goAhead = socket.getInputStream().readNBytes(12);
      send(socket, "{}");

      assertThat(new String(goAhead, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
      assertThat(readUntil(socket, "HTTP/1.1 200")).contains("HTTP/1.1 200");
    }
  }

  @Test
  void aClientThatSendsAllBeforeItReadsStillGetsTheRefusal() throws Exception {
    try (Socket socket = gateway.connect()) {
      send(socket, head("POST /users", "Content-Length: " + HUGE, JSON));
      byte[] block = new byte[100_000];
      for (int sent = 0; sent < HUGE; sent += block.length) {
        socket.getOutputStream().write(block);
      }
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(response).startsWith("HTTP/1.1 413 ");
      assertThat(json(response).path("message").asText()).contains("1024 bytes");
    }
  }

  @Test
  void theRefusalComesWhileAnEndlessBodyGoesOn() throws Exception {
    try (Socket socket = gateway.connect()) {
      send(socket, head("POST /users", "Transfer-Encoding: chunked", JSON));
      send(socket, "800\r\n" + "x".repeat(0x800) + "\r\n");

      assertThat(readUntil(socket, "\"request_id\"")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void aRequestThatFailsForAnotherReasonIsAnsweredInTheMiddleOfItsBodyToo() throws Exception {
    HttpResponse<String> response =
        gateway.send(
            gateway
                .request("/nowhere")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[HUGE])));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("request_id").asText()).isNotEmpty();
  }

  @Test
  void aBodyThatEndsInGarbageIsMalformed() throws Exception {
    String response =
        gateway.raw(
            head("POST /users", "Transfer-Encoding: chunked", JSON) + "2\r\n{}\r\nwhat?\r\n");

    assertThat(response).startsWith("HTTP/1.1 400 ");
    assertThat(json(response).path("message").asText()).contains("did not arrive whole");
  }

  @Test
  void anEmptyBodyIsTheServicesBusiness() throws Exception {
    assertThat(gateway.post("/users", "")).extracting(HttpResponse::statusCode).isEqualTo(200);
    assertThat(gateway.calls.last().data().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
        "application/json",
        "application/x+json",
        "application/problem+json"
      })
  void jsonInUtf8IsTaken(String type) throws Exception {
    assertThat(postAs(type).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=iso-8859-1",
        "application/json; charset=latin1",
        "application/problem+json; charset=utf-16",
        "nonsense"
      })
  void otherTypesAreRefused(String type) throws Exception {
    HttpResponse<String> response = postAs(type);

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(json(response).path("message").asText()).contains("application/json");
    assertThat(gateway.calls.made).isEmpty();
  }

  @Test
  void aBodyOfNoTypeIsRefused() throws Exception {
    HttpResponse<String> response =
        gateway.send(gateway.request("/users").POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void theConnectionStaysOpenAfterARefusal() throws Exception {
    try (Socket socket = gateway.connect()) {
      send(socket, head("POST /users", "Content-Length: 2", "Content-Type: text/plain") + "{}");
      assertThat(readUntil(socket, "}")).startsWith("HTTP/1.1 415 ");
      send(socket, head("GET /users"));
      assertThat(readUntil(socket, "{}")).startsWith("HTTP/1.1 200 ");
    }
  }

  private static final String JSON = "Content-Type: application/json";

  private static void requireTooLarge(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(json(response).path("status").asText()).isEqualTo("error");
    assertThat(json(response).path("message").asText()).contains("1024 bytes");
    assertThat(json(response).path("request_id").asText()).isNotEmpty();
  }

  private static HttpResponse<String> postChunked(int size) throws Exception {
    return gateway.send(
        gateway
            .request("/users")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[size]))));
  }

  private static HttpResponse<String> postAs(String type) throws Exception {
    return gateway.send(
        gateway
            .request("/users")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString("{}")));
  }

  private static String head(String request, String... headers) {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return request + " HTTP/1.1\r\nHost: test\r\n" + lines + "\r\n";
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String readUntil(Socket socket, String expected) throws IOException {
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
