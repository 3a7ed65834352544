package dev.troupe.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges values that were read from the machine. */
final class MachineChecks {
  static final int OLDEST_JAVA = 17;

  private static final long FEWEST_FILES = 1024;
  private static final long GOOD_FILES = 8192;
  private static final long MEGABYTE = 1 << 20;
  private static final long LEAST_DISK = 200 * MEGABYTE;
  private static final int LEAST_DISK_PERCENT = 10;
  private static final long LEAST_MEMORY = 512 * MEGABYTE;
  private static final Instant TROUPE_IS_NEWER = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);
  private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\d+|unlimited)");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");

  private MachineChecks() {}

  static Finding java(Runtime.Version version, String vendor, String home) {
    String text = "%s (%s) in %s".formatted(version, vendor, home);
    return version.feature() >= OLDEST_JAVA
        ? Finding.ok("JDK", text)
        : Finding.failure(
            "JDK",
            text + " (expected: %d or later)".formatted(OLDEST_JAVA),
            "Install a newer JDK, or set JAVA_HOME to the directory of one");
  }

  /**
   * @param limits what {@code /proc/self/limits} says
   */
  static Finding openFiles(String limits) {
    Matcher matcher = OPEN_FILES.matcher(limits);
    if (!matcher.find()) {
      return Finding.ok("open files", "the limit cannot be read here");
    }
    if (matcher.group(1).equals("unlimited")) {
      return Finding.ok("open files", "no limit");
    }
    long limit = Long.parseLong(matcher.group(1));
    String text = "each process may have %d files and connections open".formatted(limit);
    String remedy =
        "Raise the limit: 'ulimit -n %d' before 'up', LimitNOFILE= in a unit of systemd, or nofile in"
                .formatted(GOOD_FILES)
            + " /etc/security/limits.conf";
    if (limit < FEWEST_FILES) {
      return Finding.failure(
          "open files", text + " (expected: at least %d)".formatted(FEWEST_FILES), remedy);
    }
    return limit < GOOD_FILES
        ? Finding.warning("open files", text + "; a gateway with many clients needs more", remedy)
        : Finding.ok("open files", text);
  }

  static Finding disk(String what, long usable, long total) {
    String check = "disk of " + what;
    long percent = total <= 0 ? 100 : usable * 100 / total;
    String text = "%d MB free (%d %%)".formatted(usable / MEGABYTE, percent);
    String remedy = "Free some space, or use a directory on another disk";
    if (usable < LEAST_DISK) {
      return Finding.failure(
          check, text + " (expected: at least %d MB)".formatted(LEAST_DISK / MEGABYTE), remedy);
    }
    return percent < LEAST_DISK_PERCENT
        ? Finding.warning(check, text, remedy)
        : Finding.ok(check, text);
  }

  /**
   * @param memory what {@code /proc/meminfo} says
   */
  static Finding memory(String memory) {
    Matcher matcher = AVAILABLE.matcher(memory);
    if (!matcher.find()) {
      return Finding.ok("memory", "cannot be read here");
    }
    long available = Long.parseLong(matcher.group(1)) * 1024;
    String text = "%d MB available".formatted(available / MEGABYTE);
    return available < LEAST_MEMORY
        ? Finding.warning(
            "memory", text, "End other programs, or give services a smaller -Xmx (jvm-options)")
        : Finding.ok("memory", text);
  }

  /**
   * @param newestFile the time of the newest file of the home; empty if there is none
   */
  static Finding clock(Instant now, OptionalLong newestFile) {
    String text = "%s in UTC".formatted(now.atOffset(ZoneOffset.UTC).toLocalDateTime().withNano(0));
    String remedy = "Set the clock, and let it be kept by NTP (timedatectl set-ntp true)";
    if (now.isBefore(TROUPE_IS_NEWER)) {
      return Finding.failure("clock", text + " (expected: a time of today)", remedy);
    }
    if (newestFile.isPresent()
        && Instant.ofEpochMilli(newestFile.getAsLong()).isAfter(now.plus(CLOCK_TOLERANCE))) {
      return Finding.warning(
          "clock",
          text
              + ", but a file in run/ was written at "
              + Instant.ofEpochMilli(newestFile.getAsLong()),
          remedy);
    }
    return Finding.ok("clock", text);
  }

  /**
   * @param ofFileNames the encoding that the JVM uses for names of files
   */
  static Finding locale(String ofFileNames, String home) {
    boolean utf8 = ofFileNames.equalsIgnoreCase("UTF-8") || ofFileNames.equalsIgnoreCase("UTF8");
    if (utf8) {
      return Finding.ok("locale", "names of files are UTF-8");
    }
    String text = "names of files have the encoding %s (expected: UTF-8)".formatted(ofFileNames);
    String remedy = "Set LC_ALL=C.UTF-8 and export it, before 'up'";
    boolean needed = home.chars().anyMatch(letter -> letter > 127);
    return needed
        ? Finding.failure("locale", text, remedy)
        : Finding.warning("locale", text, remedy);
  }
}
