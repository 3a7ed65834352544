package dev.troupe.node.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The open files of this process, sockets included.
 *
 * @param open files that are open
 * @param max files that may be open; {@link Long#MAX_VALUE} where the system does not say
 */
record OpenFiles(long open, long max) {
  /** Files that the process needs for other uses: jars, logs, databases, links to other nodes. */
  private static final int RESERVE = 64;

  static OpenFiles now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? new OpenFiles(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount())
        : new OpenFiles(0, Long.MAX_VALUE);
  }

  /** How many connections may still be opened; at least 8. */
  int connections() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(8, max - open - RESERVE));
  }

  /** Whether another connection could take a file that the process needs for other uses. */
  boolean isScarce() {
    return max - open < RESERVE / 2;
  }
}
