package dev.troupe.cli.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Counts the launches of seed nodes in the life of one cluster, in a file that launchers share. */
final class GenerationCounter {
  private final Path file;

  GenerationCounter(Path run) {
    this.file = run.resolve("seed.generation");
  }

  int next() throws IOException {
    int next = last() + 1;
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(written, Integer.toString(next));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return next;
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /** The generation of the last launch; 0 if there was none. */
  int last() {
    try {
      String text = Files.readString(file).strip();
      return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
