package dev.troupe.node.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.ProgramTraffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProgramConnectorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final TestProbe<ServiceReply> replies = KIT.createTestProbe();
  private final TestProbe<ProgramTraffic> host = KIT.createTestProbe();
  private HttpServer server;
  private long lastId;

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void setUp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext(
        "/echo",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Set-Cookie", "a=1");
          exchange.getResponseHeaders().add("Set-Cookie", "b=2");
          exchange.sendResponseHeaders(418, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/large",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(new byte[10_000]);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void tearDown() {
    server.stop(0);
  }

  private ActorRef<ProgramConnector.Command> connectorTo(int port) {
    return KIT.spawn(
        ProgramConnector.create("Legacy-1", "http://127.0.0.1:" + port, PATIENCE, host.getRef()));
  }

  private ActorRef<ProgramConnector.Command> connector() {
    return connectorTo(server.getAddress().getPort());
  }

  private ProxiedRequest send(
      ActorRef<ProgramConnector.Command> connector, HttpMethod method, String path, String body) {
    lastId++;
    ProxiedRequest proxied =
        new ProxiedRequest(
            HttpRequest.create().withMethod(method).withUri(path),
            ContentTypes.TEXT_PLAIN_UTF8,
            !method.equals(HttpMethods.POST));
    connector.tell(
        new ProgramConnector.Send(
            new ServiceRequest(
                lastId,
                "r",
                "ANY",
                Map.of(),
                QueryParameters.NONE,
                JsonBytes.of(body),
                Deadline.NEVER,
                null,
                null,
                null,
                replies.getRef()),
            proxied));
    return proxied;
  }

  private ServiceReply reply() {
    return replies.receiveMessage(PATIENCE);
  }

  private static HttpResponse response(ProxiedRequest request, ServiceReply reply) {
    HttpResponse response = request.take(reply.correlationId()).response();
    assertThat(response).isNotNull();
    return response;
  }

  private static ByteString body(HttpResponse response) throws Exception {
    CompletableFuture<ByteString> whole =
        response
            .entity()
            .getDataBytes()
            .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), KIT.system())
            .toCompletableFuture();
    return whole.get(30, TimeUnit.SECONDS);
  }

  @Test
  void statusHeadersAndBodyAreThoseOfTheProgram() throws Exception {
    ProxiedRequest request = send(connector(), HttpMethods.POST, "/echo", "hello");

    ServiceReply reply = reply();

    assertThat(reply.status()).isEqualTo(ReplyStatus.OK);
    HttpResponse response = response(request, reply);
    assertThat(response.status().intValue()).isEqualTo(418);
    assertThat(response.getHeaders())
        .filteredOn(header -> header.is("set-cookie"))
        .extracting(header -> header.value())
        .containsExactly("a=1", "b=2");
    assertThat(body(response).utf8String()).isEqualTo("hello");
  }

  @Test
  void aConnectionIsUsedForOneRequestAfterTheOther() throws Exception {
    ActorRef<ProgramConnector.Command> connector = connector();
    for (int i = 0; i < 3; i++) {
      ProxiedRequest request = send(connector, HttpMethods.GET, "/large", "");
      assertThat(body(response(request, reply())).size()).isEqualTo(1_000_000);
    }
  }

  @Test
  void headHasTheHeadersOfABodyThatItDoesNotHave() {
    ProxiedRequest request = send(connector(), HttpMethods.HEAD, "/echo", "");

    assertThat(response(request, reply()).status().intValue()).isEqualTo(418);
  }

  @Test
  void aProgramThatAcceptsNoConnectionHasNotTakenTheRequest() {
    int port = server.getAddress().getPort();
    server.stop(0);

    var unused = send(connectorTo(port), HttpMethods.POST, "/echo", "hello");

    ServiceReply reply = reply();
    assertThat(reply.status()).isEqualTo(ReplyStatus.NOT_TAKEN);
    assertThat(reply.message()).isEqualTo("Legacy-1 accepts no connections");
  }

  @Test
  void anAnswerThatIsNoHttpIsAFailure() throws Exception {
    try (ServerSocket garbage = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var unused = send(connectorTo(garbage.getLocalPort()), HttpMethods.GET, "/", "");
      try (Socket socket = garbage.accept()) {
        socket.getOutputStream().write("SSH-2.0 nonsense\r\n\r\n".getBytes(UTF_8));
        ServiceReply reply = reply();
        assertThat(reply.status()).isEqualTo(ReplyStatus.FAILED);
        assertThat(reply.message()).startsWith("Legacy-1 answered what is not HTTP: ");
      }
    }
  }

  @Test
  void aConnectionThatClosesWithoutAnAnswerIsAFailureWhileTheProgramLives() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var unused = send(connectorTo(rude.getLocalPort()), HttpMethods.GET, "/", "");
      try (Socket socket = rude.accept()) {
        assertThat(socket.getInputStream().read()).isPositive();
      }
      ServiceReply reply = reply();
      assertThat(reply.status()).isEqualTo(ReplyStatus.FAILED);
      assertThat(reply.message()).isEqualTo("Legacy-1 closed the connection without an answer");
    }
  }

  @Test
  void aProgramThatEndsWhileItsPortStillAcceptsConnectionsIsNotTakenForOneThatLives()
      throws Exception {
    try (ServerSocket dying = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ActorRef<ProgramConnector.Command> connector = connectorTo(dying.getLocalPort());
      var unused = send(connector, HttpMethods.POST, "/", "");
      try (Socket socket = dying.accept()) {
        assertThat(socket.getInputStream().read()).isPositive();
      }
      dying.accept().close();
    }

    replies.expectNoMessage(Duration.ofSeconds(1));
  }

  @Test
  void aRequestOnAConnectionThatWasIdleIsSentAgain() throws Exception {
    try (ServerSocket program = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ActorRef<ProgramConnector.Command> connector = connectorTo(program.getLocalPort());
      var first = send(connector, HttpMethods.GET, "/", "");
      try (Socket socket = program.accept()) {
        answer(socket);
        assertThat(response(first, reply()).status().intValue()).isEqualTo(200);
        var second = send(connector, HttpMethods.GET, "/", "");
        // The request arrives, and the program closes the connection as an idle one.
        assertThat(socket.getInputStream().readNBytes(1)).hasSize(1);
        socket.shutdownOutput();
        try (Socket next = program.accept()) {
          answer(next);
          assertThat(response(second, reply()).status().intValue()).isEqualTo(200);
        }
      }
    }
  }

  // The first bytes of the request are enough to answer.
  private static void answer(Socket socket) throws IOException {
    byte[] request = new byte[4096];
    assertThat(socket.getInputStream().read(request)).isPositive();
    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
  }

  @Test
  void aBodyThatEndsWithItsConnectionPasses() throws Exception {
    try (ServerSocket old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ProxiedRequest request = send(connectorTo(old.getLocalPort()), HttpMethods.GET, "/", "");
      try (Socket socket = old.accept()) {
        socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nfirst".getBytes(UTF_8));
        HttpResponse response = response(request, reply());
        socket.getOutputStream().write(", second".getBytes(UTF_8));
        socket.shutdownOutput();
        assertThat(body(response).utf8String()).isEqualTo("first, second");
      }
    }
  }

  @Test
  void aProgramThatLeavesGetsNoMoreRequestsAndIsToldWhenThereAreNone() {
    ActorRef<ProgramConnector.Command> connector = connector();
    ProgramTraffic.Report first = host.expectMessageClass(ProgramTraffic.Report.class, PATIENCE);
    assertThat(first.inFlight()).isZero();

    first.sender().tell(new ProgramTraffic.Leaving());

    assertThat(host.expectMessageClass(ProgramTraffic.Report.class, PATIENCE).inFlight()).isZero();
    var unused = send(connector, HttpMethods.GET, "/echo", "");
    assertThat(reply().status()).isEqualTo(ReplyStatus.NOT_TAKEN);
  }
}
