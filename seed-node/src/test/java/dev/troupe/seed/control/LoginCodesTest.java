package dev.troupe.seed.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginCodesTest {
  private long nanos;
  private final LoginCodes codes = new LoginCodes(() -> nanos);

  @Test
  void aCodeIsGoodOnce() {
    String code = codes.issue();

    assertThat(codes.use(code)).isTrue();
    assertThat(codes.use(code)).isFalse();
    assertThat(codes.use("another")).isFalse();
  }

  @Test
  void aCodeIsGoodForItsTime() {
    String early = codes.issue();
    String late = codes.issue();

    nanos = LoginCodes.LENGTH.toNanos() - 1;
    assertThat(codes.use(early)).isTrue();
    nanos++;
    assertThat(codes.use(late)).isFalse();
  }

  @Test
  void manyCodesAreBounded() {
    String oldest = codes.issue();
    String newest = "";
    for (int i = 0; i < 100; i++) {
      newest = codes.issue();
    }

    assertThat(codes.use(oldest)).isFalse();
    assertThat(codes.use(newest)).isTrue();
  }
}
