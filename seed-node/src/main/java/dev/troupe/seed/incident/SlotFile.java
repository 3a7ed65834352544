package dev.troupe.seed.incident;

import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.logs.LogFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that a process of a slot has written.
 *
 * @param kind {@code log}, {@code out} (start failures, thread dumps) or {@code crash}
 */
public record SlotFile(String name, String kind, long bytes) {
  private static final Pattern SLOT = Pattern.compile("[A-Za-z][A-Za-z0-9_]*-[0-9]{1,9}");

  /**
   * All files of a slot; empty also if no slot can have this name.
   *
   * @param directory of the log files
   * @throws IOException when the directory cannot be read
   */
  public static List<SlotFile> of(String slot, Path directory) throws IOException {
    List<SlotFile> files = new ArrayList<>();
    if (!SLOT.matcher(slot).matches()) {
      return files;
    }
    for (LogFiles.LogFile file : new LogFiles(directory).all()) {
      if (file.slot().equals(slot)) {
        of(file.path(), file.output() ? "out" : "log").ifPresent(files::add);
      }
    }
    try (DirectoryStream<Path> crashes =
        Files.newDirectoryStream(directory, JavaCommand.errorFile(slot, "*"))) {
      crashes.forEach(crash -> of(crash, "crash").ifPresent(files::add));
    }
    return files;
  }

  // A link could lead out of the directory.
  private static Optional<SlotFile> of(Path path, String kind) {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(new SlotFile(path.getFileName().toString(), kind, Files.size(path)))
          : Optional.empty();
    } catch (IOException rotatedMeanwhile) {
      return Optional.empty();
    }
  }
}
