package dev.troupe.node.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many files, sockets included, this process has open and may have.
 *
 * @param max {@link Long#MAX_VALUE} where the system does not say
 */
public record OpenFiles(long open, long max) {
  /** What the process needs beside its clients: jars, logs, databases, links to other nodes. */
  public static final int RESERVE = 64;

  public static OpenFiles now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? new OpenFiles(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount())
        : new OpenFiles(0, Long.MAX_VALUE);
  }

  /** How many connections there is room for, 8 at least. */
  public int connections() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(8, max - open - RESERVE));
  }

  /** Whether so few are left that another connection could take what the process needs itself. */
  boolean isScarce() {
    return max - open < RESERVE / 2;
  }
}
