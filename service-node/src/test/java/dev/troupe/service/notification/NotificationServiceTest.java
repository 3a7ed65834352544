package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class NotificationServiceTest {
  @Parameter Engine engine;
  @TempDir Path directory;
  private NotificationNode node;

  @BeforeEach
  void start() throws Exception {
    node = new NotificationNode("NotificationService-1", engine, directory, "");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void anAcceptedNotificationIsStoredAndThenSent() {
    Answer accepted = node.send("{\"user_id\":3,\"message\":\"hello\"}");
    assertThat(accepted.status()).isEqualTo(ReplyStatus.ACCEPTED);
    assertThat(accepted.headers()).isEqualTo(Map.of("Location", "/notifications/1"));
    assertThat(accepted.body().get("message").asText()).isEqualTo("Notification queued");
    assertThat(accepted.body().get("user_id").asLong()).isEqualTo(3);
    assertThat(accepted.body().at("/notification/id").asLong()).isEqualTo(1);
    assertThat(accepted.body().at("/notification/state").asText()).isEqualTo("queued");

    node.awaitState(1, "sent");
    Answer sent = node.get(1);
    assertThat(sent.body().at("/notification/message").asText()).isEqualTo("hello");
    assertThat(sent.body().at("/notification/type").asText()).isEqualTo("email");
    assertThat(sent.body().at("/notification/attempts").asInt()).isEqualTo(1);
    assertThat(sent.body().at("/notification/sent_at").asText()).startsWith("20").endsWith("Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"message\":\"hello\"}                                 | MALFORMED | user_id is missing",
        "{\"user_id\":3}                                         | MALFORMED | message is missing",
        "{\"user_id\":3,\"message\":\"\"}                        | REFUSED   | message is blank",
        "{\"user_id\":0,\"message\":\"hello\"}                   | REFUSED   | user_id is 0",
        "{\"user_id\":3,\"message\":\"hello\",\"type\":\"E 1\"}  | REFUSED   | type is no name",
        "{\"user_id\":3,\"message\":\"hello\",\"type\":1}        | MALFORMED | type is "
      })
  void badInputIsNamed(String body, ReplyStatus status, String message) {
    Answer answer = node.send(body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).contains(message);
  }

  @Test
  void aMessageHasALimit() {
    String body = "{\"user_id\":3,\"message\":\"%s\"}";
    assertThat(node.send(body.formatted("m".repeat(10_000))).status())
        .isEqualTo(ReplyStatus.ACCEPTED);
    assertThat(node.send(body.formatted("m".repeat(10_001))).status())
        .isEqualTo(ReplyStatus.REFUSED);
  }

  @Test
  void anUnknownNotificationIsNotFound() {
    assertThat(node.get(7).status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(node.get(7).message()).isEqualTo("Notification 7 not found");
  }

  @Test
  void notificationsAreListedPageByPage() {
    for (int i = 0; i < 3; i++) {
      node.send("{\"user_id\":3,\"message\":\"hello\"}");
    }
    Answer page = node.list(Map.of("limit", "2"));
    assertThat(page.body().get("count").asInt()).isEqualTo(2);
    assertThat(page.body().get("next").asLong()).isEqualTo(2);
  }

  @Test
  void aUserSeesTheirOwn() {
    node.send("{\"user_id\":3,\"message\":\"hello\"}");
    node.send("{\"user_id\":4,\"message\":\"hello\"}");
    node.send("{\"user_id\":3,\"message\":\"hello\"}");
    assertThat(ids(Map.of("user_id", "3"))).containsExactly(1L, 3L);
    assertThat(ids(Map.of("user_id", "3", "after", "1"))).containsExactly(3L);
    assertThat(ids(Map.of("user_id", "5"))).isEmpty();
  }

  @Test
  void theyAreListedByState() {
    node.send("{\"user_id\":3,\"message\":\"hello\"}");
    node.awaitState(1, "sent");
    assertThat(ids(Map.of("state", "sent"))).containsExactly(1L);
    assertThat(ids(Map.of("state", "dead"))).isEmpty();
    assertThat(ids(Map.of("state", "sent", "user_id", "4"))).isEmpty();
    Answer unknown = node.list(Map.of("state", "failed"));
    assertThat(unknown.status()).isEqualTo(ReplyStatus.MALFORMED);
    assertThat(unknown.message()).contains("\"queued\", \"sent\", \"dead\"");
  }

  @Test
  void onlyADeadOneIsRetried() {
    node.send("{\"user_id\":3,\"message\":\"hello\"}");
    node.awaitState(1, "sent");
    assertThat(node.retry(1).status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(node.retry(1).message()).contains("is sent (expected: dead");
    assertThat(node.retry(2).status()).isEqualTo(ReplyStatus.NOT_FOUND);
  }

  private List<Long> ids(Map<String, String> query) {
    List<Long> ids = new ArrayList<>();
    node.list(query).body().at("/notifications").forEach(n -> ids.add(n.get("id").asLong()));
    return ids;
  }
}
