package dev.troupe.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Recognises a home whose cluster runs as another user. This user cannot read the files of such a
 * cluster and cannot see or stop its processes.
 */
final class ForeignCluster {
  private static final String USER_ID = "unix:uid";

  private ForeignCluster() {}

  /**
   * Says that the cluster in {@code home} belongs to another user; empty if it does not, or if
   * there is none.
   *
   * @param command the command line that the other user can run
   */
  static Optional<String> problem(Path home, String command) {
    return problem(home, command, userId(Path.of("/proc/self")));
  }

  static Optional<String> problem(Path home, String command, OptionalInt self) {
    Path run = home.resolve("run");
    Stream<Path> owned =
        Files.isExecutable(home)
            ? Stream.of(run, run.resolve("launcher.lock"), run.resolve("control.json"))
            : Stream.of(home);
    if (self.isEmpty()) {
      return Optional.empty();
    }
    return owned
        .filter(path -> userId(path).isPresent() && !userId(path).equals(self))
        .findFirst()
        .map(path -> text(home, path, command));
  }

  private static String text(Path home, Path path, String command) {
    String owner = owner(path);
    return "The cluster in %s belongs to user %s, who owns %s. You are user %s.%nRun the command as that user: sudo -u %s %s"
        .formatted(home, owner, path, System.getProperty("user.name"), owner, command);
  }

  private static OptionalInt userId(Path path) {
    try {
      return OptionalInt.of((Integer) Files.getAttribute(path, USER_ID));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return OptionalInt.empty();
    }
  }

  private static String owner(Path path) {
    try {
      return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
