package dev.troupe.cli.launch;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeAccess;
import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out before anything is started whether it can work at all. */
final class Preflight {
  private Preflight() {}

  /**
   * @throws CommandException when a directory that must be written to can't be
   */
  static void check(Settings settings) {
    writable(settings.run(), "for what belongs to the running cluster", "use another --home");
    writable(settings.logDirectory(), "for logs", "use another --home");
    writable(
        settings.storage().directory(),
        "for the services' data",
        "set troupe.storage.directory to another one");
  }

  private static void writable(Path directory, String purpose, String wayOut) {
    try {
      PrivateFile.createDirectory(directory);
      HomeAccess.closeToOthers(directory);
      Files.delete(Files.createTempFile(directory, ".writable", ""));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s is needed %s, but cannot be written: %s%nGive user %s a directory there that it may write to, or %s."
              .formatted(directory, purpose, reason(e), System.getProperty("user.name"), wayOut));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + " is not a directory";
    }
    if (e instanceof AccessDeniedException denied) {
      return "permission denied at " + denied.getFile();
    }
    return e.getMessage();
  }
}
