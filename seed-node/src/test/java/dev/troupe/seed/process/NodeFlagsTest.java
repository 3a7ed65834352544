package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeFlagsTest {
  @Test
  void whatIsWrittenToACommandLineIsReadFromIt() {
    NodeFlags flags = new NodeFlags(3, 25_001);
    List<String> line = new ArrayList<>(List.of("java", "-Dx=1", "Main"));
    line.addAll(flags.arguments());
    line.addAll(List.of("--home", "/tmp"));

    assertThat(NodeFlags.of(line)).contains(flags);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "java Main",
        "java Main --generation 3",
        "java Main --port 25001",
        "java Main --generation three --port 25001",
        "java Main --port 25001 --generation"
      })
  void aCommandLineWithoutThemIsForeign(String line) {
    assertThat(NodeFlags.of(List.of(line.split(" ", -1)))).isEmpty();
  }
}
