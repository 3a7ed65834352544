package dev.troupe.service.storage;

import dev.troupe.protocol.process.CommandLineMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The other processes that hold locks on a file, where the kernel says so.
 *
 * @param all empty if the kernel does not tell
 */
record FileLockHolders(List<Holder> all) {
  /**
   * @param mark of a process of a cluster; null for any other program
   * @param program its path; empty if it is not known
   */
  record Holder(long pid, @Nullable CommandLineMark mark, String program) {
    static Holder of(ProcessHandle process) {
      List<String> line = new ArrayList<>();
      String program = process.info().command().orElse("");
      line.add(program);
      process.info().arguments().map(List::of).ifPresent(line::addAll);
      return new Holder(process.pid(), CommandLineMark.of(line).orElse(null), program);
    }

    private String text() {
      if (mark != null) {
        return "pid %d: %s of the cluster in %s".formatted(pid, mark.slot(), mark.home());
      }
      return program.isEmpty() ? "pid " + pid : "pid %d: %s".formatted(pid, program);
    }
  }

  private static final Path LOCKS = Path.of("/proc/locks");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  FileLockHolders {
    all = List.copyOf(all);
  }

  /** Of a database file, of its {@code -shm} and of its {@code -wal}. */
  static FileLockHolders of(Path file) {
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
    return new FileLockHolders(
        pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).map(Holder::of).toList());
  }

  /** The names of the processes, like {@code another program (pid 17: /usr/bin/sqlite3)}. */
  String text() {
    if (all.isEmpty()) {
      return "another process";
    }
    String each = all.stream().map(Holder::text).collect(Collectors.joining(", "));
    return (areOfClusters() ? "an instance (%s)" : "another program (%s)").formatted(each);
  }

  /** Whether all of them are known to be processes of Troupe clusters. */
  boolean areOfClusters() {
    return !all.isEmpty() && all.stream().allMatch(holder -> holder.mark() != null);
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
}
