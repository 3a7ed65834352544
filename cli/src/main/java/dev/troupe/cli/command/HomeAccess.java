package dev.troupe.cli.command;

import java.io.IOException;
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
 * Refuses homes that somebody else owns or may write to. Whoever may write settings or jars there
 * decides what runs as the user of this process.
 */
public final class HomeAccess {
  /** Set to 1 where homes are meant to be shared, as on volumes of some container platforms. */
  static final String SHARED = "TROUPE_SHARED_HOME";

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private HomeAccess() {}

  /**
   * Who may do what with a file.
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
   * @throws CommandException when somebody else does
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
   * Checks everything in the home that decides what is run.
   *
   * @throws CommandException when another user owns some of it or may write to it
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

  /** Takes from others, who are neither the owner nor in the group, what they may do there. */
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

  /** What is wrong with it, and the command that mends it; nothing if it is safe. */
  static Optional<String> problem(Path path, Access access) {
    if (!access.mine()) {
      return Optional.of(foreign(path, access));
    }
    // The group that has the name of its user has no other members.
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
        Allow only the owner to write: chmod go-w '%s'. Or set %s=1 if all who may are trusted.\
        """
            .formatted(
                path,
                others ? "every user" : "all of group " + access.group(),
                PosixFilePermissions.toString(access.permissions()),
                access.owner(),
                path,
                SHARED));
  }

  private static String foreign(Path path, Access access) {
    String me = System.getProperty("user.name");
    return """
    %s belongs to user %s, but this runs as user %s.
    Run it as that user: sudo -u %s bin/troupe …. Or take the home over: chown -R %s '%s'. \
    Or set %s=1 if %s is trusted.\
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
          ExitCode.FAILED, "%s cannot be looked at: %s".formatted(path, e.getMessage()));
    }
  }

  // By number: in a container a user need not have a name.
  private static boolean isMine(Path path, String owner) throws IOException {
    Path self = Path.of("/proc/self");
    if (!Files.exists(self)) {
      return owner.equals(System.getProperty("user.name"));
    }
    return Files.getAttribute(path, "unix:uid").equals(Files.getAttribute(self, "unix:uid"));
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "%s cannot be listed: %s".formatted(directory, e.getMessage()));
    }
  }
}
