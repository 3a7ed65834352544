package dev.troupe.cli.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.control.EventJson;
import dev.troupe.cli.logs.FollowedFile;
import dev.troupe.protocol.control.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Gives the events of a journal, the oldest first, and then what is added. */
final class JournalReader implements AutoCloseable {
  private final Path file;
  private final Predicate<Event> wanted;
  private final Consumer<Entry> receiver;
  private final FollowedFile current;
  private final Deque<Entry> held = new ArrayDeque<>();
  private final Set<String> slots = new TreeSet<>();
  private int most;
  private boolean begun;

  /** An event, and the line it was read from. */
  record Entry(Event event, String line) {}

  JournalReader(Path run, Predicate<Event> wanted, Consumer<Entry> receiver) {
    this.file = run.resolve(Event.FILE);
    this.wanted = wanted;
    this.receiver = receiver;
    this.current = new FollowedFile(file, this::onLine);
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Gives the last {@code count} wanted events there are, in rotated files too. */
  void begin(int count) throws IOException {
    most = count;
    for (Path rotated : rotatedFiles()) {
      read(rotated);
    }
    current.begin(Integer.MAX_VALUE);
    begun = true;
    held.forEach(receiver);
    held.clear();
  }

  /** Gives what has been added since. */
  void more() throws IOException {
    current.more();
  }

  /** All slots the journal names, also in events nobody wanted. */
  Set<String> slots() {
    return Collections.unmodifiableSet(slots);
  }

  @Override
  public void close() throws IOException {
    current.close();
  }

  private List<Path> rotatedFiles() {
    List<Path> files = new ArrayList<>();
    for (int index = 1; ; index++) {
      Path rotated = file.resolveSibling(file.getFileName() + "." + index);
      if (!Files.exists(rotated)) {
        Collections.reverse(files);
        return files;
      }
      files.add(rotated);
    }
  }

  private void read(Path rotated) throws IOException {
    // Not Files.lines, which refuses bytes that are not UTF-8, as half a line may end in.
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Files.newInputStream(rotated), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        onLine(line);
      }
    } catch (NoSuchFileException rotatedMeanwhile) {
      // Its events are in the next file now.
    }
  }

  private void onLine(String line) {
    EventJson.read(line).ifPresent(event -> onEvent(new Entry(event, line)));
  }

  private void onEvent(Entry entry) {
    String slot = entry.event().slot();
    if (slot != null) {
      slots.add(slot);
    }
    if (!wanted.test(entry.event())) {
      return;
    }
    if (begun) {
      receiver.accept(entry);
      return;
    }
    held.addLast(entry);
    if (held.size() > most) {
      held.removeFirst();
    }
  }
}
