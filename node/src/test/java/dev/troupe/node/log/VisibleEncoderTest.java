package dev.troupe.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleEncoderTest {
  @Test
  void aLineBreakInAMessageBeginsNoOtherEvent() {
    assertThat(VisibleEncoder.shown("INFO A - name x\r\n2026-01-01 INFO B - forged\n"))
        .isEqualTo("INFO A - name x\\r\n  2026-01-01 INFO B - forged\n");
  }

  @Test
  void escapesOfATerminalAreWrittenOutAndFramesStayAsTheyAre() {
    assertThat(VisibleEncoder.shown("ERROR A - \u001b[2J\njava.lang.E: x\n\tat a.B.c(B.java:1)\n"))
        .isEqualTo("ERROR A - \\x1b[2J\n  java.lang.E: x\n\tat a.B.c(B.java:1)\n");
  }

  @Test
  void aVeryLongEventIsCutAndStillEndsItsLine() {
    String shown = VisibleEncoder.shown("x".repeat(VisibleEncoder.LONGEST_EVENT + 7) + "\n");

    assertThat(shown).hasSizeLessThan(VisibleEncoder.LONGEST_EVENT + 40).endsWith("more)\n");
  }
}
