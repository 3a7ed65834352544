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

/** Checks before a start that the directories of the cluster can be written to. */
final class DirectoryCheck {
  private DirectoryCheck() {}

  /**
   * @throws CommandException with the directory that cannot be written to, and what to do
   */
  static void check(Settings settings) {
    writable(settings.run(), "for what belongs to the running cluster", "use another --home");
    writable(settings.logDirectory(), "for logs", "use another --home");
    writable(
        settings.storage().directory(),
        "for the services' data",
        "set troupe.storage.directory to another one");
  }

  private static void writable(Path directory, String purpose, String alternative) {
    try {
      PrivateFile.createDirectory(directory);
      HomeAccess.closeToOthers(directory);
      Files.delete(Files.createTempFile(directory, ".writable", ""));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s is needed %s, but cannot be written: %s%nGive user %s a directory there that it may write to, or %s."
              .formatted(
                  directory, purpose, reason(e), System.getProperty("user.name"), alternative));
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
