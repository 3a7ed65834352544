package dev.troupe.node.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this process has used up to a moment.
 *
 * @param nanos of the moment, like {@link System#nanoTime()}
 * @param cpuNanos since the start; negative if unknown
 * @param residentBytes 0 if unknown
 * @param collectingMillis that garbage collections have taken since the start
 */
record ProcessLoad(
    long nanos, long cpuNanos, long heapBytes, long residentBytes, long collectingMillis) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT =
      Pattern.compile("^VmRSS:\\s+(\\d{1,12}) kB", Pattern.MULTILINE);
  private static final int KIB = 1 << 10;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Measures this process. Blocks for less than a millisecond. */
  static ProcessLoad now() {
    long collecting = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collecting += Math.max(0, collector.getCollectionTime());
    }
    long cpu =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean jdk
            ? jdk.getProcessCpuTime()
            : -1;
    return new ProcessLoad(
        System.nanoTime(),
        cpu,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        resident(),
        collecting);
  }

  private static long resident() {
    try {
      return resident(Files.readString(STATUS, ISO_8859_1));
    } catch (IOException notLinux) {
      return 0;
    }
  }

  static long resident(String status) {
    Matcher line = RESIDENT.matcher(status);
    return line.find() ? Long.parseLong(line.group(1)) * KIB : 0;
  }

  /** Share of one processor since {@code before}; negative if unknown. */
  double cpuSince(ProcessLoad before) {
    return cpuNanos < 0 || before.cpuNanos < 0
        ? -1
        : Math.max(0, cpuNanos - before.cpuNanos) / (double) elapsed(before);
  }

  /** Share of the time since {@code before} that garbage collections took, 0 to 1. */
  double collectingSince(ProcessLoad before) {
    return Math.min(
        1, (collectingMillis - before.collectingMillis) * NANOS_PER_MILLI / elapsed(before));
  }

  private long elapsed(ProcessLoad before) {
    return Math.max(1, nanos - before.nanos);
  }
}
