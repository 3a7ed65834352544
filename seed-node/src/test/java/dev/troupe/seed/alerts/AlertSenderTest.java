package dev.troupe.seed.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.protocol.settings.AlertMailSettings;
import dev.troupe.protocol.settings.AlertSettings;
import dev.troupe.protocol.settings.MailServerSettings;
import dev.troupe.protocol.settings.Secret;
import dev.troupe.protocol.webhook.Signature;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlertSenderTest {
  private static final String SECRET = "0123456789abcdef";
  private static final AlertMessage MESSAGE =
      AlertMessage.of(
          new AlertTracker.Notice(
              AlertTracker.News.RAISED,
              new Problem(AlertKind.SLOT_FAILED, "A", "A-1", "A-1 is failed"),
              Instant.EPOCH),
          Instant.EPOCH,
          List.of("A-1 exited with code 1"),
          "/home/of");

  private record Received(String id, String time, String signature, String body) {}

  @TempDir private Path run;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int refusals;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    received.add(
        new Received(
            String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
            String.valueOf(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
            String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    exchange.sendResponseHeaders(received.size() <= refusals ? 503 : 204, -1);
    exchange.close();
  }

  private URI url() {
    return URI.create("http://127.0.0.1:%d/hook?token=x".formatted(server.getAddress().getPort()));
  }

  private List<AlertDelivery> send(AlertSettings settings) {
    AlertSender sender = new AlertSender(settings, run, Duration.ofMillis(1));
    return sender.send(MESSAGE).stream().map(CompletableFuture::join).toList();
  }

  private AlertSettings webhook() {
    return new AlertSettings(true, url(), new Secret(SECRET), null, null, Duration.ofHours(4));
  }

  @Test
  void aWebhookGetsASignedObject() {
    assertThat(send(webhook())).extracting(AlertDelivery::problem).containsOnlyNulls();

    Received post = received.get(0);
    assertThat(post.body())
        .contains("\"type\":\"troupe.alert.raised\"", "\"kind\":\"slot-failed\"", "exited with");
    assertThat(post.signature())
        .isEqualTo(
            new Signature(SECRET)
                .of(
                    post.id(),
                    Instant.ofEpochSecond(Long.parseLong(post.time())),
                    post.body().getBytes(UTF_8)));
  }

  @Test
  void aMailHasAllReceiversAndTheReason() throws Exception {
    GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    mails.start();
    try {
      assertThat(send(mail(mails.getSmtp().getPort())))
          .extracting(AlertDelivery::problem)
          .containsOnlyNulls();

      MimeMessage[] received = mails.getReceivedMessages();
      assertThat(received).hasSize(2);
      assertThat(received[0].getSubject())
          .isEqualTo("Troupe: alert raised: slot-failed: A-1 is failed");
      assertThat(received[0].getAllRecipients()).hasSize(2);
      assertThat(GreenMailUtil.getBody(received[0]))
          .contains("Troupe in /home/of", "A-1 exited with code 1");
    } finally {
      mails.stop();
    }
  }

  @Test
  void aMailServerThatDoesNotAnswerIsNamed() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    AlertDelivery delivery = send(mail(closed)).get(0);

    assertThat(delivery.receiver()).isEqualTo("mail 127.0.0.1:" + closed);
    assertThat(delivery.problem()).contains("Couldn't connect to host");
  }

  private static AlertSettings mail(int port) {
    MailServerSettings server =
        new MailServerSettings(
            "127.0.0.1",
            port,
            MailServerSettings.Tls.NONE,
            "",
            new Secret(""),
            Duration.ofSeconds(10));
    AlertMailSettings mail =
        new AlertMailSettings(
            server, "troupe@example.org", List.of("a@example.org", "b@example.org"));
    return new AlertSettings(true, null, new Secret(""), null, mail, Duration.ofHours(4));
  }

  @Test
  void slackGetsText() {
    send(new AlertSettings(true, null, new Secret(""), url(), null, Duration.ofHours(4)));

    assertThat(received.get(0).body())
        .startsWith("{\"text\":\"Troupe in /home/of: alert raised: slot-failed: A-1 is failed");
  }

  @Test
  void aReceiverThatRefusesIsTriedAgainWithTheSameId() {
    refusals = 2;

    assertThat(send(webhook())).extracting(AlertDelivery::problem).containsOnlyNulls();
    assertThat(received).hasSize(3).extracting(Received::id).containsOnly(received.get(0).id());
  }

  @Test
  void aReceiverThatRefusesForEverIsReportedWithoutItsToken() {
    refusals = Integer.MAX_VALUE;

    AlertDelivery delivery = send(webhook()).get(0);
    assertThat(delivery.problem()).contains("answered 503");
    assertThat(delivery.receiver()).startsWith("webhook http://127.0.0.1:").doesNotContain("token");
  }
}
