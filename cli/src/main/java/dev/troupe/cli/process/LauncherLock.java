package dev.troupe.cli.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A lock that the one launcher of a home holds, and another one for the one update of it. The
 * operating system releases it at the end of the process, so that no lock is stale.
 */
public final class LauncherLock implements AutoCloseable {
  private static final String NAME = "launcher.lock";
  private static final String UPDATE = "update.lock";
  private static final int ATTEMPTS = 10;
  private static final long BETWEEN_ATTEMPTS_MILLIS = 20;

  // Stays open while the lock is held: closing any channel of the file would release the lock.
  private final FileChannel channel;

  private LauncherLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of the launcher.
   *
   * @param run the directory of the lock, which must exist
   * @return empty if another launcher has the lock
   */
  public static Optional<LauncherLock> acquire(Path run) {
    return acquire(run, NAME);
  }

  /**
   * Takes the lock of an update.
   *
   * @param run the directory of the lock, which must exist
   * @return empty if another update has the lock
   */
  public static Optional<LauncherLock> acquireForUpdate(Path run) {
    return acquire(run, UPDATE);
  }

  /**
   * Takes the lock of an update.
   *
   * @param home of the cluster; its directory {@code run} must exist
   * @throws CommandException when another update has the lock
   */
  public static LauncherLock requireForUpdate(Path home) {
    return acquireForUpdate(home.resolve("run"))
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.FAILED,
                    "Another command deploys to or updates the cluster in %s. Wait until it has ended"
                        .formatted(home)));
  }

  private static Optional<LauncherLock> acquire(Path run, String name) {
    try {
      // A command that only looks for a holder takes the lock for a moment, too.
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        FileChannel channel =
            FileChannel.open(
                run.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) != null) {
          write(channel, Long.toString(ProcessHandle.current().pid()));
          return Optional.of(new LauncherLock(channel));
        }
        channel.close();
        Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + run.resolve(name), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The pid of the launcher that holds the lock; empty if there is none. */
  public static OptionalLong holder(Path run) {
    Path file = run.resolve(NAME);
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel) != null ? OptionalLong.empty() : pid(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      write(channel, "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the launcher's lock", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static OptionalLong pid(Path file) throws IOException {
    String text = Files.readString(file, US_ASCII).strip();
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)), 0);
  }
}
