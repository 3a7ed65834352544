package dev.troupe.cli.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A home, thrown away after use, whose processes write down which classes they load. */
final class TrainingHome implements AutoCloseable {
  private static final String SETTINGS =
      """
      troupe {
        # Builds run on machines that have much else to do.
        start-timeout = 3m
        health.heartbeat-timeout = 1m
        gateway { jvm-options = ["-Xmx128m", "-XX:DumpLoadedClassList=%1$s/gateway.classlist"] }
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

  List<Path> classLists() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".classlist")).sorted().toList();
    }
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
