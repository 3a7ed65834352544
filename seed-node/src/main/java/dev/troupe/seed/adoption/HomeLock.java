package dev.troupe.seed.adoption;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file lock that the seed node of a home holds for as long as its process lives. A process that
 * holds the lock knows that every earlier seed node of the home is dead.
 */
public final class HomeLock {
  // Keeps the channels reachable: the garbage collector would close them and release their locks.
  private static final Set<FileChannel> HELD = ConcurrentHashMap.newKeySet();

  private HomeLock() {}

  /**
   * Takes the lock until the process ends.
   *
   * @throws IOException when another seed node runs in this home, or {@code run} is not writable
   */
  public static void take(Path run) throws IOException {
    Files.createDirectories(run);
    FileChannel channel =
        FileChannel.open(
            run.resolve("seed.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new IOException(
          "another seed node runs in "
              + run.getParent()
              + " (`bin/troupe status` shows it, `bin/troupe down` stops it)");
    }
    HELD.add(channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }
}
