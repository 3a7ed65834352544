package dev.troupe.cli.top;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/** Shows the table in a terminal until a user ends it, and leaves the terminal as it was. */
final class TopScreen {
  private static final long REDRAW_MILLIS = 100;
  private static final long REST_OF_KEY_MILLIS = 50;
  private static final int ESCAPE = 27;
  private static final int FIRST_LINE_OF_TABLE = 2;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Terminal terminal;
  private final Display display;
  private final String title;
  private final Supplier<@Nullable TopView> newest;
  private volatile boolean ended;
  private volatile boolean resized = true;
  private SortOrder order;

  /**
   * @param title what is shown, in few words
   * @param newest the newest figures, null before the first; from any thread
   */
  TopScreen(Terminal terminal, String title, SortOrder order, Supplier<@Nullable TopView> newest) {
    this.terminal = terminal;
    this.display = new Display(terminal, true);
    this.title = title;
    this.order = order;
    this.newest = newest;
  }

  /** Returns when the user ends it by q, Ctrl-C or the end of the terminal. */
  void run() throws IOException {
    Attributes before = terminal.enterRawMode();
    // For SIGTERM and SIGHUP.
    Thread restore = new Thread(() -> restore(before), "restore-terminal");
    Runtime.getRuntime().addShutdownHook(restore);
    try {
      terminal.handle(Terminal.Signal.INT, signal -> ended = true);
      terminal.handle(Terminal.Signal.WINCH, signal -> resized = true);
      terminal.puts(Capability.enter_ca_mode);
      terminal.puts(Capability.cursor_invisible);
      TopView shown = null;
      while (!ended) {
        TopView view = newest.get();
        if (resized || !Objects.equals(view, shown)) {
          draw(view);
          shown = view;
        }
        onKey(terminal.reader().read(REDRAW_MILLIS));
      }
    } finally {
      restore(before);
      removeHook(restore);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It runs now.
    }
  }

  private synchronized void restore(Attributes before) {
    terminal.puts(Capability.cursor_visible);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(before);
  }

  private void onKey(int key) throws IOException {
    switch (key) {
      case NonBlockingReader.READ_EXPIRED -> {
        // No key was pressed.
      }
      case NonBlockingReader.EOF, 'q', 'Q' -> ended = true;
      case 's', 'S' -> sort(1);
      case ESCAPE -> onArrow();
      default -> {
        // No key of this screen.
      }
    }
  }

  // An arrow is ESC [ C or ESC O C.
  private void onArrow() throws IOException {
    int second = terminal.reader().read(REST_OF_KEY_MILLIS);
    if (second != '[' && second != 'O') {
      return;
    }
    switch (terminal.reader().read(REST_OF_KEY_MILLIS)) {
      case 'C' -> sort(1);
      case 'D' -> sort(-1);
      default -> {
        // Another key.
      }
    }
  }

  private void sort(int step) {
    order = order.turned(step);
    resized = true;
  }

  private void draw(@Nullable TopView view) {
    boolean again = resized;
    resized = false;
    int columns = Math.max(1, terminal.getWidth());
    int rows = Math.max(1, terminal.getHeight());
    if (again) {
      display.clear();
      display.resize(rows, columns);
    }
    List<AttributedString> lines = new ArrayList<>();
    for (AttributedString line : lines(view, order, title, rows)) {
      lines.add(line.columnSubSequence(0, columns));
    }
    while (lines.size() < rows) {
      lines.add(AttributedString.EMPTY);
    }
    display.update(lines, 0);
  }

  /**
   * What stands on the screen.
   *
   * @param rows of the terminal; what has no room is named by the last line
   */
  static List<AttributedString> lines(
      @Nullable TopView view, SortOrder order, String title, int rows) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(
        new AttributedString(
            "%s   sorted by %s (s or arrows: another order, q: end)"
                .formatted(title, order.label())));
    lines.add(second(view));
    if (view != null) {
      List<String> table = TopText.table(view, order);
      for (int i = 0; i < table.size(); i++) {
        lines.add(
            new AttributedString(
                table.get(i), i == 0 ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT));
      }
    }
    if (lines.size() <= rows) {
      return lines;
    }
    int hidden = lines.size() - rows + 1;
    List<AttributedString> fitting = new ArrayList<>(lines.subList(0, rows - 1));
    if (rows > FIRST_LINE_OF_TABLE) {
      fitting.add(new AttributedString("… %d more lines".formatted(hidden)));
    }
    return fitting;
  }

  private static AttributedString second(@Nullable TopView view) {
    if (view == null) {
      return new AttributedString("waiting for the seed node");
    }
    if (view.silence() != null) {
      return new AttributedString(
          "figures of %s: %s".formatted(time(view.at()), view.silence()),
          AttributedStyle.BOLD.foreground(AttributedStyle.RED));
    }
    return new AttributedString(time(view.at()));
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
