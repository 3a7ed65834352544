package dev.troupe.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses homes that another user owns or may write to: whoever writes settings or jars there
 * decides what runs as the user of this process.
 */
public final class HomeAccess {
  /** An environment variable. The value 1 allows shared homes, as container platforms have them. */
  static final String SHARED = "TROUPE_SHARED_HOME";

  private static final int DEPTH_OF_JARS = 4;

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private HomeAccess() {}

  /**
   * Owner and permissions of a file.
   *
   * @param mine whether the user of this process owns it
   */
  record Access(boolean mine, String owner, String group, Set<PosixFilePermission> permissions) {
    Access {
      permissions = Set.copyOf(permissions);
    }
  }

  /**
   * Checks that the user of this process owns the home.
   *
   * @throws CommandException when another user owns it
   */
  static void requireOwn(Path home) {
    if (isShared(System.getenv())) {
      return;
    }
    accessOf(home)
        .filter(access -> !access.mine())
        .ifPresent(
            access -> {
              throw new CommandException(ExitCode.FAILED, foreign(home, access));
            });
  }

  /**
   * Checks all files of the home that decide what runs: settings, jars and their directories.
   *
   * @throws CommandException when another user owns one of them or may write to it
   */
  public static void requireSafe(Path home) {
    if (isShared(System.getenv())) {
      return;
    }
    Path services = home.resolve("services");
    Stream<Path> jars = list(services).stream();
    Stream.concat(Stream.of(home, home.resolve("application.conf"), services), jars)
        .flatMap(path -> accessOf(path).flatMap(access -> problem(path, access)).stream())
        .findFirst()
        .ifPresent(
            problem -> {
              throw new CommandException(ExitCode.FAILED, problem);
            });
  }

  /** Removes the permissions of all users who are neither the owner nor in the group. */
  public static void closeToOthers(Path directory) throws IOException {
    Optional<Access> access = accessOf(directory);
    if (access.isEmpty() || !access.get().mine() || isShared(System.getenv())) {
      return;
    }
    EnumSet<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
    left.addAll(access.get().permissions());
    if (left.removeAll(OF_OTHERS)) {
      Files.setPosixFilePermissions(directory, left);
    }
  }

  /** Says why a file is not safe, and which command corrects it; empty if it is safe. */
  static Optional<String> problem(Path path, Access access) {
    if (!access.mine()) {
      return Optional.of(foreign(path, access));
    }
    // A group with the name of the owner has no other members.
    boolean group =
        access.permissions().contains(PosixFilePermission.GROUP_WRITE)
            && !access.group().equals(access.owner());
    boolean others = access.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    if (!group && !others) {
      return Optional.empty();
    }
    return Optional.of(
        """
        %s may be written by %s (mode %s). Whoever may write there decides what runs as user %s.
        Allow only the owner to write: chmod go-w '%s'. Or set %s=1 if you trust all of them.\
        """
            .formatted(
                path,
                others ? "every user" : "all members of group " + access.group(),
                PosixFilePermissions.toString(access.permissions()),
                access.owner(),
                path,
                SHARED));
  }

  private static String foreign(Path path, Access access) {
    String me = System.getProperty("user.name");
    return """
    %s belongs to user %s, but this command runs as user %s.
    Run it as that user: sudo -u %s bin/troupe …. Or make the home yours: chown -R %s '%s'. \
    Or set %s=1 if you trust %s.\
    """
        .formatted(path, access.owner(), me, access.owner(), me, path, SHARED, access.owner());
  }

  private static boolean isShared(Map<String, String> environment) {
    return "1".equals(environment.get(SHARED));
  }

  private static Optional<Access> accessOf(Path path) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
      return Optional.of(
          new Access(
              isMine(path, attributes.owner().getName()),
              attributes.owner().getName(),
              attributes.group().getName(),
              attributes.permissions()));
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "The owner of %s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  // Compares numbers: a user of a container may have no name.
  private static boolean isMine(Path path, String owner) throws IOException {
    Path self = Path.of("/proc/self");
    if (!Files.exists(self)) {
      return owner.equals(System.getProperty("user.name"));
    }
    return Files.getAttribute(path, "unix:uid").equals(Files.getAttribute(self, "unix:uid"));
  }

  private static boolean decidesWhatRuns(Path path) {
    return path.toString().endsWith(".jar") || Files.isDirectory(path);
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    // services/NAME/versions/HASH/NAME.jar lies deepest.
    try (Stream<Path> files = Files.walk(directory, DEPTH_OF_JARS)) {
      return files.filter(HomeAccess::decidesWhatRuns).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException(
          ExitCode.FAILED, "%s cannot be listed: %s".formatted(directory, e.getMessage()));
    }
  }
}
