package dev.troupe.cli.events;

import dev.troupe.cli.control.EventJson;
import dev.troupe.cli.logs.FollowedFile;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.JournalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads the events of a journal, the oldest first, and then those that the seed node adds. Passes
 * those that are wanted to a receiver.
 */
final class JournalReader implements AutoCloseable {
  private final JournalFiles files;
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
    this.files = JournalFiles.in(run);
    this.wanted = wanted;
    this.receiver = receiver;
    this.current = new FollowedFile(files.current(), this::onLine);
  }

  boolean exists() {
    return Files.exists(files.current());
  }

  /** Passes on the last {@code count} wanted events, those in rotated files included. */
  void begin(int count) throws IOException {
    most = count;
    for (Path rotated : files.rotated()) {
      JournalFiles.eachLine(rotated, this::onLine);
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
