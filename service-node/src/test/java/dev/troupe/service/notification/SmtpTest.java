package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.user.User;
import dev.troupe.service.user.UserService.UserFound;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SmtpTest {
  private static final String HELLO = "{\"user_id\":3,\"message\":\"Grüße\"}";

  @TempDir Path directory;
  private int port;
  private GreenMail server;
  private NotificationNode node;

  @BeforeEach
  void start() throws Exception {
    port = freePort();
    server = mailServer();
    node =
        new NotificationNode(
            "NotificationService-1",
            Engine.SQLITE,
            directory,
            """
            channels.email {
              kind = smtp, host = "127.0.0.1", port = %d, tls = none, timeout = 5s
              user = troupe, password = opensesame, from = "Troupe <troupe@example.org>"
            }
            """
                .formatted(port));
    node.answerCallsWith(Outcome.done(new UserFound(new User(3, "alice", "alice@example.org", 1))));
  }

  @AfterEach
  void stop() {
    node.close();
    server.stop();
  }

  @Test
  void aMailReachesTheAddressOfItsUser() throws Exception {
    server.start();
    node.send(HELLO);
    node.awaitState(1, "sent");
    MimeMessage mail = onlyMail();
    assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("alice@example.org");
    assertThat(mail.getFrom()[0].toString()).isEqualTo("Troupe <troupe@example.org>");
    assertThat(mail.getContent().toString().strip()).isEqualTo("Grüße");
    assertThat(mail.getMessageID()).isEqualTo("<notification-1@example.org>");
  }

  @Test
  void whileTheServerIsDownMailsWaitAndArriveWhenItIsBack() throws Exception {
    node.send(HELLO);
    Answer failed =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> node.get(1), answer -> node.attempts(1) >= 2);
    assertThat(failed.body().at("/notification/state").asText()).isEqualTo("queued");
    assertThat(failed.body().at("/notification/last_error").asText())
        .contains("127.0.0.1:" + port)
        .doesNotContain("opensesame");
    server.start();
    node.awaitState(1, "sent");
    assertThat(onlyMail().getMessageID()).isEqualTo("<notification-1@example.org>");
  }

  @Test
  void aUserWhoIsGoneGetsNoMail() {
    server.start();
    node.answerCallsWith(Outcome.refused(ReplyStatus.NOT_FOUND, "User 3 not found"));
    node.send(HELLO);
    Answer dead = node.awaitState(1, "dead");
    assertThat(dead.body().at("/notification/last_error").asText())
        .isEqualTo("user 3 no longer exists");
    assertThat(dead.body().at("/notification/attempts").asInt()).isEqualTo(1);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void whileNobodyKnowsTheAddressTheMailWaits() throws Exception {
    server.start();
    node.answerCallsWith(Outcome.refused(ReplyStatus.UNAVAILABLE, "nobody there"));
    node.send(HELLO);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> node.attempts(1) >= 2);
    node.answerCallsWith(Outcome.done(new UserFound(new User(3, "alice", "alice@example.org", 1))));
    node.awaitState(1, "sent");
    assertThat(onlyMail().getAllRecipients()[0].toString()).isEqualTo("alice@example.org");
  }

  private MimeMessage onlyMail() {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }

  private GreenMail mailServer() {
    GreenMail created = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    created.setUser("troupe@example.org", "troupe", "opensesame");
    return created;
  }

  // For a server that is not there yet.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
