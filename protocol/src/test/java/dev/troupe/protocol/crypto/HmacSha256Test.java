package dev.troupe.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class HmacSha256Test {
  private final HmacSha256 hmac = new HmacSha256("Jefe".getBytes(US_ASCII));

  @Test
  void theCodeIsThatOfTheStandardHoweverTheTextIsParted() {
    // RFC 4231, test case 2.
    String code = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    assertThat(hmac.of("what do ya want for nothing?".getBytes(US_ASCII)))
        .isEqualTo(HexFormat.of().parseHex(code));
    assertThat(hmac.of("what do ya want ".getBytes(US_ASCII), "for nothing?".getBytes(US_ASCII)))
        .isEqualTo(HexFormat.of().parseHex(code));
  }

  @Test
  void itsTextFitsIntoPathsAndCookies() {
    assertThat(hmac.textOf("what do ya want for nothing?"))
        .isEqualTo("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
  }
}
