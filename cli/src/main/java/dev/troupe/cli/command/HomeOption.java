package dev.troupe.cli.command;

import dev.troupe.protocol.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --home}: the directory of the cluster that a command is about. */
public final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "The directory of the cluster, with application.conf, data, run and services."
              + " Default: $TROUPE_HOME or, if that is not set, the directory above bin/troupe.")
  private @Nullable Path given;

  /**
   * The directory, absolute and without symbolic links, so that all processes write it alike.
   *
   * @throws CommandException when it is no directory, or the cluster of another user is in it
   */
  public Path path() {
    Path home = given != null ? given : defaultHome();
    if (!Files.isDirectory(home)) {
      throw new CommandException(
          ExitCode.USAGE,
          "home %s is not a directory (expected: an existing one; mkdir it or change --home)"
              .formatted(home.toAbsolutePath()));
    }
    HomeAccess.requireOwn(home);
    try {
      Path real = home.toRealPath();
      ForeignCluster.problem(real, commandLine("…"))
          .ifPresent(
              problem -> {
                throw new CommandException(ExitCode.FAILED, problem);
              });
      return real;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.USAGE, "home %s cannot be read: %s".formatted(home.toAbsolutePath(), e));
    }
  }

  /**
   * The directory for a command that starts a cluster. Makes it, with access for its owner only, if
   * it does not exist.
   *
   * @throws CommandException when it cannot be made, is no directory, or others may write to it
   */
  public Path pathForStart() {
    Path home = given != null ? given : defaultHome();
    try {
      if (!Files.exists(home)) {
        PrivateFile.createDirectory(home);
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "home %s cannot be made: %s (expected: a place where user %s may make a directory)"
              .formatted(home.toAbsolutePath(), e, System.getProperty("user.name")));
    }
    Path path = path();
    HomeAccess.requireSafe(path);
    return path;
  }

  /**
   * {@code bin/troupe <command>} for a message to the user, with {@code --home} if it was given.
   */
  public String commandLine(String command) {
    return "bin/troupe "
        + command
        + (given == null ? "" : " --home " + ShellWord.quoted(given.toString()));
  }

  private static Path defaultHome() {
    String environment = System.getenv("TROUPE_HOME");
    if (environment != null && !environment.isBlank()) {
      return Path.of(environment);
    }
    return root();
  }

  /** The directory above bin/troupe. */
  public static Path root() {
    return Path.of(System.getProperty("troupe.root", ""));
  }
}
