package dev.troupe.service.notification.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SignatureTest {
  @Test
  void itIsWhatStandardWebhooksSays() {
    Signature signature = new Signature(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    String signed =
        signature.of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1614265330),
            "{\"test\": 2432232314}".getBytes(UTF_8));
    assertThat(signed).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretIsLongEnoughOrRefused() {
    assertThat(Signature.isUsable(new Secret("0123456789abcdef"))).isTrue();
    assertThat(Signature.isUsable(new Secret("0123456789abcde"))).isFalse();
    assertThat(Signature.isUsable(new Secret("whsec_AAAA"))).isFalse();
    assertThat(Signature.isUsable(new Secret("whsec_not base64 at all, but long"))).isFalse();
  }
}
