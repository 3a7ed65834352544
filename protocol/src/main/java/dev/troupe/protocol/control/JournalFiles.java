package dev.troupe.protocol.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The files of the journal: the one that is written, and those that were rotated away. */
public record JournalFiles(Path current) {
  /**
   * @param run the directory of the running cluster's files
   */
  public static JournalFiles in(Path run) {
    return new JournalFiles(run.resolve(Event.FILE));
  }

  /**
   * A rotated file, which need not exist.
   *
   * @param index from 1, the newest
   */
  public Path rotated(int index) {
    return current.resolveSibling(Event.FILE + "." + index);
  }

  /**
   * Passes on the lines of a file; none if it is rotated away meanwhile.
   *
   * @throws IOException when the file cannot be read
   */
  public static void eachLine(Path file, Consumer<String> receiver) throws IOException {
    // Files.lines would fail at bytes that are not UTF-8, and a line that was cut may end in such.
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        receiver.accept(line);
      }
    } catch (NoSuchFileException rotatedMeanwhile) {
      // The file was rotated away since it was listed.
    }
  }

  /** The rotated files that exist, the oldest first. */
  public List<Path> rotated() {
    List<Path> files = new ArrayList<>();
    for (int index = 1; Files.exists(rotated(index)); index++) {
      files.add(rotated(index));
    }
    Collections.reverse(files);
    return files;
  }
}
