package dev.troupe.service.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Tells which other processes hold locks on a file, where the kernel says so. */
final class LockHolders {
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private LockHolders() {}

  /**
   * Like {@code (pid 17: /usr/bin/sqlite3)}, of a database file, of its {@code -shm} and of its
   * {@code -wal}; empty where nobody knows.
   */
  static String text(Path file) {
    Set<Long> pids = new TreeSet<>();
    for (String suffix : List.of("", "-shm", "-wal")) {
      Path path = file.resolveSibling(file.getFileName() + suffix);
      try {
        Object inode = Files.getAttribute(path, "unix:ino");
        holders(Files.readAllLines(LOCKS), inode.toString()).forEach(pids::add);
      } catch (IOException | UnsupportedOperationException e) {
        // Not a file, or not Linux: then it is not known.
      }
    }
    pids.remove(ProcessHandle.current().pid());
    return pids.isEmpty()
        ? ""
        : pids.stream().map(LockHolders::named).collect(Collectors.joining(", ", " (", ")"));
  }

  // A line is like "1: POSIX  ADVISORY  READ 4711 08:01:393218 124 124"; one that waits has "->".
  static LongStream holders(List<String> locks, String inode) {
    return locks.stream()
        .map(line -> SPACE.splitAsStream(line.trim()).toList())
        .filter(words -> words.size() > 5 && !words.get(1).equals("->"))
        .filter(words -> words.get(5).endsWith(":" + inode))
        .mapToLong(words -> Long.parseLong(words.get(4)))
        .filter(pid -> pid > 0);
  }

  private static String named(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .map(command -> "pid %d: %s".formatted(pid, command))
        .orElse("pid " + pid);
  }
}
