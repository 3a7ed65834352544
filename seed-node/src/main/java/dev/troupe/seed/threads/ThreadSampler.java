package dev.troupe.seed.threads;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.process.ThreadDump;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Takes three thread dumps of a process and compares them. The dumps are in the output of the slot
 * afterwards, as if an operator had sent SIGQUIT.
 */
public final class ThreadSampler {
  private static final int DUMPS = 3;
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 100;
  private static final int MOST_BYTES = 16 << 20;

  private final Path output;

  /**
   * @param output the file that the process prints into; it may be rotated at any time
   */
  public ThreadSampler(Path output) {
    this.output = output;
  }

  /** That a process cannot be sampled; the message says why and what to do. */
  public static final class NoDumpException extends Exception {
    private static final long serialVersionUID = 1L;

    NoDumpException(String message) {
      super(message);
    }
  }

  /**
   * Blocks for three seconds, or for eight if the process does not answer.
   *
   * @throws NoDumpException when the process writes no dump
   * @throws IOException when its output cannot be read
   */
  public ThreadComparison sample(long pid)
      throws IOException, InterruptedException, NoDumpException {
    long begin = size();
    long first = System.nanoTime();
    for (int i = 0; i < DUMPS; i++) {
      if (i > 0) {
        TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
      }
      Optional<String> failure = ThreadDump.of(pid);
      if (failure.isPresent()) {
        throw new NoDumpException(failure.get());
      }
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first);
    long end = System.nanoTime() + LAST_WAIT.toNanos();
    List<List<DumpedThread>> dumps = ThreadDumpReader.read(since(begin));
    while (dumps.size() < DUMPS && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      dumps = ThreadDumpReader.read(since(begin));
    }
    if (dumps.isEmpty()) {
      throw new NoDumpException(
          "the process has written no thread dump within %d s. Its JVM hangs as a whole, or it prints so much that its output was rotated; look into %s"
              .formatted(LAST_WAIT.toSeconds(), output));
    }
    return ThreadComparison.of(dumps, millis);
  }

  private long size() throws IOException {
    try (FileChannel channel = FileChannel.open(output)) {
      return channel.size();
    }
  }

  // From the beginning if the file was rotated meanwhile.
  private String since(long offset) throws IOException {
    try (FileChannel channel = FileChannel.open(output)) {
      channel.position(channel.size() < offset ? 0 : offset);
      return new String(Channels.newInputStream(channel).readNBytes(MOST_BYTES), UTF_8);
    }
  }
}
