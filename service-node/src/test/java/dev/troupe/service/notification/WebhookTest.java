package dev.troupe.service.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebhookTest {
  private static final String SLOT = "NotificationService-1";

  @TempDir Path directory;

  @Test
  void aPostThatFailsAtFirstIsTriedAgainUntilItIsTaken() throws Exception {
    try (WebhookReceiver receiver = new WebhookReceiver(post -> post < 3 ? 503 : 200);
        NotificationNode node =
            new NotificationNode(SLOT, Engine.SQLITE, directory, receiver.settings())) {
      node.sendToHook();
      Answer sent = node.awaitState(1, "sent");
      assertThat(sent.body().at("/notification/attempts").asInt()).isEqualTo(3);
      assertThat(receiver.received()).hasSize(3);
      assertThat(receiver.received())
          .extracting(post -> post.headers().getFirst("webhook-id"))
          .containsOnly("notification-1");
    }
  }

  @Test
  void aReceiverCanTellWhoSentItAndWhen() throws Exception {
    try (WebhookReceiver receiver = new WebhookReceiver();
        NotificationNode node =
            new NotificationNode(SLOT, Engine.SQLITE, directory, receiver.settings())) {
      node.sendToHook();
      node.awaitState(1, "sent");
      WebhookReceiver.Post post = receiver.received().get(0);
      String time = post.headers().getFirst("webhook-timestamp");
      assertThat(Instant.now().getEpochSecond() - Long.parseLong(time)).isBetween(0L, 60L);
      assertThat(post.headers().getFirst("webhook-signature"))
          .isEqualTo("v1," + hmac("notification-1." + time + "." + post.body()));
      assertThat(post.json().get("type").asText()).isEqualTo("hook");
      assertThat(post.json().at("/data/user_id").asLong()).isEqualTo(3);
      assertThat(post.json().at("/data/message").asText()).isEqualTo("hello");
    }
  }

  @Test
  void whatFailsUntilTheDeadlineIsDeadAndSentWhenAnOperatorRetriesIt() throws Exception {
    try (WebhookReceiver receiver = new WebhookReceiver(post -> post == 1 ? 500 : 200);
        NotificationNode node =
            new NotificationNode(
                SLOT,
                Engine.SQLITE,
                directory,
                receiver.settings()
                    + "delivery { deadline = 1s, first-pause = 2s, longest-pause = 2s }")) {
      node.sendToHook();
      node.send("{\"user_id\":4,\"message\":\"fine\",\"type\":\"other\"}");
      Answer dead = node.awaitState(1, "dead");
      assertThat(dead.body().at("/notification/last_error").asText())
          .isEqualTo(receiver.url().replace("/hook", "") + " answered 500 (expected: 2xx)");
      assertThat(dead.body().get("notification").has("next_attempt_at")).isFalse();
      JsonNode listed = node.list(Map.of("state", "dead")).body().at("/notifications");
      assertThat(listed).extracting(one -> one.get("id").asLong()).containsExactly(1L);

      assertThat(node.retry(1).body().at("/notification/state").asText()).isEqualTo("queued");
      node.awaitState(1, "sent");
      assertThat(node.attempts(1)).isEqualTo(1);
    }
  }

  private static String hmac(String signed) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(WebhookReceiver.SECRET.getBytes(UTF_8), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
