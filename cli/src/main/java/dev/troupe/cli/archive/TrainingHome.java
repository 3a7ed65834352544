package dev.troupe.cli.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A temporary home whose processes record which classes they load. */
final class TrainingHome implements AutoCloseable {
  private static final String SETTINGS =
      """
      troupe {
        # Builds run on busy machines.
        start-timeout = 3m
        health.heartbeat-timeout = 1m
        gateway { jvm-options = ["-Xmx128m", "-XX:DumpLoadedClassList=%1$s/gateway.classlist"] }
        management.port = 0
        seed { jvm-options = ["-Xmx128m", "-XX:DumpLoadedClassList=%1$s/seed.classlist"] }
        services {
          UserService {
            class = "dev.troupe.service.user.UserService"
            jvm-options = ["-Xmx128m", "-XX:DumpLoadedClassList=%1$s/user.classlist"]
          }
          OrderService {
            class = "dev.troupe.service.order.OrderService"
            jvm-options = ["-Xmx128m", "-XX:DumpLoadedClassList=%1$s/order.classlist"]
          }
          NotificationService {
            class = "dev.troupe.service.notification.NotificationService"
            jvm-options = ["-Xmx128m", "-XX:DumpLoadedClassList=%1$s/notification.classlist"]
          }
        }
      }
      """;

  private final Path directory;

  private TrainingHome(Path directory) {
    this.directory = directory;
  }

  static TrainingHome create() throws IOException {
    TrainingHome home = new TrainingHome(Files.createTempDirectory("troupe-training"));
    Files.writeString(
        home.directory.resolve("application.conf"), SETTINGS.formatted(home.directory));
    return home;
  }

  Path directory() {
    return directory;
  }

  /**
   * Writes into {@code merged} each class that a process has loaded, once.
   *
   * @return the number of classes
   */
  int mergeClassLists(Path merged) throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    for (Path list : classLists()) {
      try (Stream<String> all = Files.lines(list)) {
        all.filter(TrainingHome::isUsable).forEach(lines::add);
      }
    }
    Files.write(merged, lines);
    return lines.size();
  }

  private List<Path> classLists() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".classlist")).sorted().toList();
    }
  }

  // A line with a source is about a class loader of the application. Its ids are valid only in the
  // process that wrote the line.
  private static boolean isUsable(String line) {
    return !line.isBlank() && !line.startsWith("#") && !line.contains(" source:");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
