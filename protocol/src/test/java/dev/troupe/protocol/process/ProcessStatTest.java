package dev.troupe.protocol.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessStatTest {
  private static final String AFTER_NAME =
      " S 1 4711 4711 0 -1 4194560 100 0 0 0 5 3 0 0 20 0 34 0 88123456 2048 512\n";

  @ParameterizedTest
  @ValueSource(strings = {"java", "a b c", "x) R 1 (y", ")", "", "two\nlines"})
  void theNameOfTheProgramDoesNotMatter(String name) {
    assertThat(ProcessStat.parse("4711 (" + name + ")" + AFTER_NAME))
        .hasValue(new ProcessStat('S', 4711, 4711, 88_123_456));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4711", "4711 (java)", "4711 (java) S 1 2 3", "4711 (java) "})
  void whatIsCutOffSaysNothing(String line) {
    assertThat(ProcessStat.parse(line)).isEmpty();
  }

  @Test
  void aStartThatIsNoNumberSaysNothing() {
    assertThat(ProcessStat.parse("4711 (java)" + AFTER_NAME.replace("88123456", "x"))).isEmpty();
  }
}
