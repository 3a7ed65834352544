package dev.troupe.seed.alerts;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Measures how much of the disk of a directory is free, in percent. Blocks. */
record FreeDisk(Path directory) implements Supplier<OptionalInt> {
  @Override
  public OptionalInt get() {
    try {
      FileStore store = Files.getFileStore(directory);
      long total = store.getTotalSpace();
      return total <= 0
          ? OptionalInt.empty()
          : OptionalInt.of((int) (store.getUsableSpace() * 100.0 / total));
    } catch (IOException unreadable) {
      return OptionalInt.empty();
    }
  }
}
