package dev.troupe.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TopScreenTest {
  private static final SlotFigures UNKNOWN = new SlotFigures(null, null, null, null, null, null);
  private static final TopView VIEW =
      new TopView(
          Instant.EPOCH,
          List.of(
              row("A-1", SlotState.RUNNING, 1.0),
              row("B-1", SlotState.RUNNING, 2.0),
              row("C-1", SlotState.FAILED, null),
              row("D-1", SlotState.JOINING, null)),
          UNKNOWN,
          null);

  private static TopView.Row row(String slot, SlotState state, @Nullable Double requests) {
    SlotStatus status =
        new SlotStatus(
            slot, "A", state, 1, 7L, null, Instant.EPOCH, null, 0, 3, null, null, List.of());
    return new TopView.Row(status, new SlotFigures(requests, null, null, null, null, null));
  }

  private static List<String> slots(SortOrder order) {
    return TopText.table(VIEW, order).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  @Test
  void whatDoesNotRunStandsFirst() {
    assertThat(slots(SortOrder.SLOT)).containsExactly("C-1", "D-1", "A-1", "B-1", "all");
    assertThat(slots(SortOrder.REQUESTS)).containsExactly("C-1", "D-1", "B-1", "A-1", "all");
  }

  @Test
  void whatHasNoRoomIsCounted() {
    assertThat(text(TopScreen.lines(VIEW, SortOrder.SLOT, "title", 8))).hasSize(8);
    List<String> lines = text(TopScreen.lines(VIEW, SortOrder.SLOT, "title", 5));
    assertThat(lines).hasSize(5).last().isEqualTo("… 4 more lines");
    assertThat(lines.get(3)).startsWith("C-1");
    assertThat(TopScreen.lines(VIEW, SortOrder.SLOT, "title", 1)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aSilentSeedNodeIsNamedAboveTheLastFigures() {
    List<String> lines =
        text(TopScreen.lines(VIEW.silent("no answer"), SortOrder.SLOT, "title", 20));
    assertThat(lines.get(1)).endsWith(": no answer");
    assertThat(lines).anyMatch(line -> line.startsWith("B-1"));
  }

  @Test
  void keysChooseTheOrderAndTheEnd() throws IOException {
    Screen screen = new Screen("s\033[C\033[Dxq");
    screen.run(VIEW);
    assertThat(screen.output()).contains("sorted by requests", "sorted by p95");
    assertThat(screen.isRestored()).isTrue();
  }

  @Test
  void theEndOfTheTerminalEndsIt() throws IOException {
    Screen screen = new Screen("");
    screen.run(null);
    assertThat(screen.output()).contains("waiting for the seed node");
    assertThat(screen.isRestored()).isTrue();
  }

  @Test
  void aFailureLeavesTheTerminalAsItWas() throws IOException {
    Screen screen = new Screen("");
    assertThatThrownBy(screen::fail).hasMessage("broken");
    assertThat(screen.isRestored()).isTrue();
  }

  private static List<String> text(List<AttributedString> lines) {
    return lines.stream().map(AttributedString::toString).toList();
  }

  /** A terminal whose user presses some keys. */
  private static final class Screen {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Terminal terminal;
    private final Attributes before;

    Screen(String keys) throws IOException {
      terminal =
          new ExternalTerminal(
              "test", "xterm", new ByteArrayInputStream(keys.getBytes(UTF_8)), output, UTF_8);
      terminal.setSize(new Size(120, 20));
      before = terminal.getAttributes();
    }

    void run(@Nullable TopView view) throws IOException {
      new TopScreen(terminal, "title", SortOrder.SLOT, () -> view).run();
    }

    void fail() throws IOException {
      new TopScreen(
              terminal,
              "title",
              SortOrder.SLOT,
              () -> {
                throw new IllegalStateException("broken");
              })
          .run();
    }

    String output() {
      return output.toString(UTF_8);
    }

    boolean isRestored() {
      // The last thing that xterm is told is to leave the alternate screen.
      return output().contains("\033[?1049l")
          && terminal.getAttributes().getLocalFlags().equals(before.getLocalFlags());
    }
  }
}
