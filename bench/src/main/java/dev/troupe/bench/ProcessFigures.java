package dev.troupe.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Time and memory of a process, from {@code /proc}.
 *
 * @param cpuSeconds user and system time, ended children included
 * @param rssMegabytes resident memory, shared pages included
 * @param pssMegabytes resident memory, each shared page divided by the number of its users
 */
record ProcessFigures(double cpuSeconds, double rssMegabytes, double pssMegabytes) {
  // USER_HZ is 100 on every architecture for which Linux has a JVM.
  private static final double TICKS_PER_SECOND = 100;

  // Fields 14 to 17 of proc(5). They are counted from the end of the name, which may have blanks.
  private static final int FIRST_TIME = 11;
  private static final int TIMES = 4;

  /**
   * @throws IOException when there is no such process
   */
  static ProcessFigures of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    List<String> memory = Files.readAllLines(proc.resolve("smaps_rollup"));
    return new ProcessFigures(
        cpuSeconds(Files.readString(proc.resolve("stat"), ISO_8859_1)),
        megabytes("Rss:", memory),
        megabytes("Pss:", memory));
  }

  static ProcessFigures sum(Iterable<ProcessFigures> all) {
    double cpu = 0;
    double rss = 0;
    double pss = 0;
    for (ProcessFigures figures : all) {
      cpu += figures.cpuSeconds;
      rss += figures.rssMegabytes;
      pss += figures.pssMegabytes;
    }
    return new ProcessFigures(cpu, rss, pss);
  }

  private static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double megabytes(String key, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
        .findFirst()
        .orElse(0);
  }
}
