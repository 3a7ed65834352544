package dev.troupe.cli.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code -XX:DumpLoadedClassList} wrote in several processes, as one list. */
final class ClassLists {
  private ClassLists() {}

  /**
   * Writes into {@code merged} each class once.
   *
   * @return how many classes there are
   */
  static int merge(List<Path> lists, Path merged) throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    for (Path list : lists) {
      try (Stream<String> all = Files.lines(list)) {
        all.filter(ClassLists::isUsable).forEach(lines::add);
      }
    }
    Files.write(merged, lines);
    return lines.size();
  }

  // Classes of class loaders other than the JDK's own carry ids that mean nothing elsewhere.
  private static boolean isUsable(String line) {
    return !line.isBlank() && !line.startsWith("#") && !line.contains(" source:");
  }
}
