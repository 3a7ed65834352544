package dev.troupe.cli.display;

import dev.troupe.cli.command.Terminal;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.text.VisibleText;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Shows a cluster's start: on a terminal as one table redrawn in place, elsewhere and once it has
 * started as a line for each change.
 */
public final class Progress {
  private static final String ESCAPE = "\u001b[";

  private final PrintWriter out;
  private final Optional<Terminal> terminal;
  private final Clock clock;
  private final Changes changes = new Changes();
  private boolean started;
  private int drawn;

  public Progress(PrintWriter out, Optional<Terminal> terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** A line for each change from {@code before} on. */
  public static Progress since(ClusterStatus before, PrintWriter out) {
    Progress progress = new Progress(out, Optional.empty(), Clock.systemUTC());
    progress.changes.of(before);
    return progress;
  }

  /** Prints a line that stays. */
  public void say(String line) {
    erase();
    out.println(VisibleText.lines(line));
    out.flush();
  }

  /** Shows the newest state. */
  public void show(ClusterStatus status) {
    List<String> news = changes.of(status);
    List<String> table = StartTable.lines(status, clock.instant());
    if (started || !fits(table)) {
      news.forEach(this::say);
      return;
    }
    draw(table);
  }

  /**
   * From now on changes are exceptional: the table stays as it is, and each change gets its line.
   */
  public void markStarted(ClusterStatus status) {
    started = true;
    if (drawn > 0) {
      drawn = 0;
      status.slots().stream()
          .filter(slot -> slot.state() == SlotState.FAILED)
          .flatMap(slot -> StatusText.trouble(slot).stream())
          .forEach(this::say);
    }
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
    drawn = table.size();
  }

  // Up to the first line of the table and clear from there; what is printed next replaces it.
  private void erase() {
    if (drawn > 0) {
      out.print(ESCAPE + drawn + "A" + ESCAPE + "J");
      drawn = 0;
    }
  }
}
