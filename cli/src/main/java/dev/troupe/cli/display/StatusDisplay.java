package dev.troupe.cli.display;

import dev.troupe.cli.command.Terminal;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.text.VisibleText;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows how the status of a cluster changes. During a start on a terminal it redraws one table in
 * place. Otherwise, and after the start, it prints a line for each change.
 */
public final class StatusDisplay {
  private static final String ESCAPE = "\u001b[";

  private final PrintWriter out;
  private final Optional<Terminal> terminal;
  private final Clock clock;
  private final Map<String, Shown> shown = new HashMap<>();
  private boolean started;
  private int drawnRows;

  private record Shown(SlotState state, int generation, @Nullable Long pid) {}

  public StatusDisplay(PrintWriter out, Optional<Terminal> terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Prints a line for each change since {@code before}, and no table. */
  public static StatusDisplay since(ClusterStatus before, PrintWriter out) {
    StatusDisplay display = new StatusDisplay(out, Optional.empty(), Clock.systemUTC());
    display.changes(before);
    return display;
  }

  /** Prints a line that stays. */
  public void say(String line) {
    erase();
    out.println(VisibleText.lines(line));
    out.flush();
  }

  /** Shows the newest status. */
  public void show(ClusterStatus status) {
    List<SlotStatus> changed = changes(status);
    List<String> table = StatusText.startTable(status, clock.instant());
    if (started || !fits(table)) {
      changed.stream().flatMap(slot -> StatusText.change(slot).stream()).forEach(this::say);
      return;
    }
    draw(table);
  }

  /** From now on the table stays as it is, and each change is printed as a line below it. */
  public void markStarted(ClusterStatus status) {
    started = true;
    if (drawnRows > 0) {
      drawnRows = 0;
      status.slots().stream()
          .filter(slot -> slot.state() == SlotState.FAILED)
          .flatMap(slot -> StatusText.trouble(slot).stream())
          .forEach(this::say);
    }
  }

  /** The slots that differ from those of the last call. */
  private List<SlotStatus> changes(ClusterStatus status) {
    return status.slots().stream()
        .filter(
            slot -> {
              Shown now = new Shown(slot.state(), slot.generation(), slot.pid());
              return !now.equals(shown.put(slot.slot(), now));
            })
        .toList();
  }

  private boolean fits(List<String> table) {
    return terminal.isPresent() && table.size() < terminal.get().rows();
  }

  private void draw(List<String> table) {
    erase();
    int columns = terminal.orElseThrow().columns();
    for (String line : table) {
      out.println(line.length() < columns ? line : line.substring(0, columns - 1));
    }
    out.flush();
    drawnRows = table.size();
  }

  // Moves the cursor to the first row of the table and clears the screen from there.
  private void erase() {
    if (drawnRows > 0) {
      out.print(ESCAPE + drawnRows + "A" + ESCAPE + "J");
      drawnRows = 0;
    }
  }
}
