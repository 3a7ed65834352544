package dev.troupe.service.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a program has printed since its start, in the file that the supervisor gave this process as
 * its output.
 */
final class ProgramOutput {
  private static final int TAIL_BYTES = 4096;

  private final Path file;
  private final long start;

  private ProgramOutput(Path file, long start) {
    this.file = file;
    this.start = start;
  }

  /** What is printed to {@code file} from now on. */
  static ProgramOutput fromNowOn(Path file) {
    try {
      return new ProgramOutput(file, Files.size(file));
    } catch (IOException missing) {
      return new ProgramOutput(file, 0);
    }
  }

  /** The last line that is not blank; empty if there is none, or the file cannot be read. */
  Optional<String> lastLine() {
    try (RandomAccessFile output = new RandomAccessFile(file.toFile(), "r")) {
      long length = output.length();
      // A file that has become too long is cut.
      long begin = length < start ? 0 : start;
      long from = Math.max(begin, length - TAIL_BYTES);
      byte[] tail = new byte[Math.toIntExact(length - from)];
      output.seek(from);
      output.readFully(tail);
      return new String(tail, UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .reduce((first, second) -> second);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
