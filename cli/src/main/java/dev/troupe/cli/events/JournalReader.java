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

/**
 * Reads the events of a journal, the oldest first, and then those that the seed node adds. Passes
 * those that are wanted to a receiver.
 */
final class JournalReader implements AutoCloseable {
  private final Path file;
  private final Predicate<Event> wanted;
  private final Consumer<Entry> receiver;
  private final FollowedFile current;
  private final Deque<Entry> held = new ArrayDeque<>();
  private final Set<String> slots = new TreeSet<>();
  private int most;
  private boolean begun;

  /** An event, and the line of the journal that it was read from. */
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

  /** Passes on the last {@code count} wanted events, those in rotated files included. */
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

  /** Passes on the wanted events that were added since the last call. */
  void more() throws IOException {
    current.more();
  }

  /** All slots that the journal names, also in events that are not wanted. */
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
    // Files.lines would fail at bytes that are not UTF-8, and a line that was cut may end in such.
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Files.newInputStream(rotated), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        onLine(line);
      }
    } catch (NoSuchFileException rotatedMeanwhile) {
      // The file was rotated away since it was listed.
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
