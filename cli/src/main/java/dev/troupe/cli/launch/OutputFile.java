package dev.troupe.cli.launch;

import dev.troupe.cli.logs.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What a process prints. Mostly nothing, yet over many launches it must not grow for ever. */
final class OutputFile {
  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private long start;

  OutputFile(Path file) {
    this.file = file;
  }

  /** The file to append to; a long one is first put aside, in the place of the last such. */
  Path prepare() throws IOException {
    start = Files.exists(file) ? Files.size(file) : 0;
    if (start > MAX_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      start = 0;
    }
    return file;
  }

  List<String> linesSincePrepared(int count) {
    return Tail.lastLines(file, start, count);
  }
}
