package dev.troupe.cli.launch;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The settings that Troupe ships with. A home without settings gets a copy of them. */
final class ShippedSettings {
  private final Path shipped;

  /**
   * @param root directory of the checkout or the distribution
   */
  ShippedSettings(Path root) {
    this.shipped = root.resolve(SettingsLoader.FILE);
  }

  /**
   * Copies the settings into {@code home} unless it has some.
   *
   * @return the new file, if there is one
   * @throws CommandException when it cannot be written
   */
  Optional<Path> copyTo(Path home) {
    Path target = home.resolve(SettingsLoader.FILE);
    if (Files.exists(target) || !Files.isRegularFile(shipped)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.copy(shipped, target));
    } catch (FileAlreadyExistsException e) {
      // Another command has just written it.
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s cannot be written: %s%nLet user %s write to %s, or use another --home."
              .formatted(target, e, System.getProperty("user.name"), home));
    }
  }
}
