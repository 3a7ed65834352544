package dev.troupe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void itsSizeIsReadAsSttyPrintsIt() {
    assertThat(Terminal.parse("24 80\n")).contains(new Terminal(24, 80));
  }

  @Test
  void whatHasNoSizeIsNoTerminal() {
    assertThat(Terminal.parse("")).isEmpty();
    assertThat(Terminal.parse("0 0")).isEmpty();
    assertThat(Terminal.parse("24")).isEmpty();
  }
}
