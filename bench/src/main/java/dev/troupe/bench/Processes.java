package dev.troupe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The processes of a measurement.
 *
 * @param pids by the name under which each is shown
 */
record Processes(Map<String, Long> pids) {

  /** CPU time used so far, by name; on Linux in steps of a hundredth of a second. */
  Map<String, Duration> cpu() {
    Map<String, Duration> cpu = new LinkedHashMap<>();
    pids.forEach(
        (name, pid) ->
            cpu.put(
                name,
                ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElseThrow(
                        () -> new IllegalStateException(name + " (pid " + pid + ") is gone"))));
    return cpu;
  }

  /** Resident memory by name, in MiB; 0 where there is no {@code /proc}. */
  Map<String, Long> residentMiB() {
    Map<String, Long> resident = new LinkedHashMap<>();
    pids.forEach((name, pid) -> resident.put(name, residentMiB(pid)));
    return resident;
  }

  private static long residentMiB(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
