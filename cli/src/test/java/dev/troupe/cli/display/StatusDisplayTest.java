package dev.troupe.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.command.Terminal;
import dev.troupe.protocol.control.ClusterStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusDisplayTest {
  private static final ClusterStatus LAUNCHING =
      new ClusterStatus(null, List.of(Slots.launching("seed-1", 7)));
  private static final ClusterStatus RUNNING =
      new ClusterStatus(null, List.of(Slots.running("seed-1", 7)));

  private final StringWriter written = new StringWriter();
  private final Clock clock = Clock.fixed(Slots.SINCE.plusMillis(400), ZoneOffset.UTC);

  @Test
  void withoutATerminalEachChangeIsALineOnce() {
    StatusDisplay display = display(Optional.empty());

    display.show(LAUNCHING);
    display.show(LAUNCHING);
    display.show(RUNNING);

    assertThat(written.toString().lines())
        .containsExactly("seed-1 launching (pid 7)", "seed-1 running (pid 7) after 1.9 s");
  }

  @Test
  void onATerminalTheTableIsRedrawnInPlace() {
    StatusDisplay display = display(Optional.of(new Terminal(24, 80)));

    display.show(LAUNCHING);
    display.show(RUNNING);

    assertThat(written.toString().lines())
        .containsExactly(
            "SLOT    PID  STATE      READY",
            "seed-1  7    launching  ... 0.4 s",
            "\u001b[2A\u001b[JSLOT    PID  STATE    READY",
            "seed-1  7    running  after 1.9 s");
  }

  @Test
  void aLineOfTheTableNeverWraps() {
    display(Optional.of(new Terminal(24, 10))).show(LAUNCHING);

    assertThat(written.toString().lines()).allMatch(line -> line.length() < 10);
  }

  @Test
  void aTableHigherThanTheTerminalIsNotDrawn() {
    display(Optional.of(new Terminal(2, 80))).show(LAUNCHING);

    assertThat(written.toString().lines()).containsExactly("seed-1 launching (pid 7)");
  }

  @Test
  void aFailureIsExplainedOnATerminalToo() {
    ClusterStatus failed = new ClusterStatus(null, List.of(Slots.failed("UserService-1")));
    StatusDisplay display = display(Optional.of(new Terminal(24, 80)));

    display.show(failed);
    display.markStarted(failed);

    assertThat(written.toString().lines()).endsWith("  | first line", "  | last line");
  }

  private StatusDisplay display(Optional<Terminal> terminal) {
    return new StatusDisplay(new PrintWriter(written), terminal, clock);
  }
}
