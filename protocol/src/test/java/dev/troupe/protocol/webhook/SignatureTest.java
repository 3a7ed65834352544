package dev.troupe.protocol.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SignatureTest {
  @Test
  void itIsWhatStandardWebhooksSays() {
    Signature signature = new Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    String signed =
        signature.of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1614265330),
            "{\"test\": 2432232314}".getBytes(UTF_8));
    assertThat(signed).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretIsLongEnoughOrRefused() {
    assertThat(Signature.isUsable("0123456789abcdef")).isTrue();
    assertThat(Signature.isUsable("0123456789abcde")).isFalse();
    assertThat(Signature.isUsable("whsec_AAAA")).isFalse();
    assertThat(Signature.isUsable("whsec_not base64 at all, but long")).isFalse();
  }
}
