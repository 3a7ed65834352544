package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NodeExitTest {
  @Test
  void eachCodeMeansOneThing() {
    assertThat(NodeExit.values()).extracting(NodeExit::code).doesNotHaveDuplicates();
    for (NodeExit exit : NodeExit.values()) {
      assertThat(NodeExit.of(exit.code())).contains(exit);
    }
    assertThat(NodeExit.of(77)).isEmpty();
  }

  @Test
  void noCodeLooksLikeASignal() {
    assertThat(NodeExit.values())
        .extracting(NodeExit::code)
        .allMatch(code -> code < 126 || code == 255);
  }

  @Test
  void onlyWorkThatIsDoneIsSuccess() {
    assertThat(NodeExit.values()).filteredOn(NodeExit::isSuccess).containsExactly(NodeExit.DONE);
  }
}
