package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ReplyStatus;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  @Test
  void theMistakesOfCallersAreNoFailuresOfTheService() {
    assertThat(Arrays.stream(ReplyStatus.values()).filter(status -> status.httpCode() < 500))
        .allSatisfy(status -> assertThat(Verdict.of(status)).isEqualTo(Verdict.SUCCESS));
  }

  @Test
  void anUnexpectedFailureAndLatenessAre() {
    assertThat(Verdict.of(ReplyStatus.FAILED)).isEqualTo(Verdict.FAILURE);
    assertThat(Verdict.of(ReplyStatus.DEADLINE)).isEqualTo(Verdict.FAILURE);
  }

  @Test
  void whoDeclinesInGoodOrderSaysNothing() {
    assertThat(Arrays.stream(ReplyStatus.values()).filter(status -> status.httpCode() == 503))
        .hasSize(3)
        .allSatisfy(status -> assertThat(Verdict.of(status)).isEqualTo(Verdict.NONE));
  }
}
