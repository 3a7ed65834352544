package dev.troupe.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends requests for minutes, and checks that the memory of the processes does not grow. */
record Soak(String gateway, Wrk wrk, Processes processes) {
  private static final int CONNECTIONS = 32;

  // The heap and the code cache may still grow a little after the first third.
  private static final double GROWTH_ALLOWED = 1.05;

  /**
   * @param minutes at least 3
   * @return whether no request failed, and no process had more memory in the last third than in the
   *     second
   */
  boolean run(int minutes, PrintWriter out) {
    List<Map<String, Long>> samples = new ArrayList<>();
    long failed = 0;
    for (int minute = 1; minute <= minutes; minute++) {
      WrkResult measured = wrk.run(gateway, Workload.MIXED, CONNECTIONS, 60);
      failed += measured.failed();
      samples.add(processes.residentMiB());
      out.printf(
          "minute %3d: %.0f answers/s, p99 %.1f ms, %d failed; %s%n",
          minute,
          measured.answersPerSecond(),
          measured.p99Micros() / 1e3,
          measured.failed(),
          CostTable.memory(samples.get(minute - 1)));
      out.flush();
    }
    return isFlat(samples, out) && failed == 0;
  }

  private boolean isFlat(List<Map<String, Long>> samples, PrintWriter out) {
    int third = samples.size() / 3;
    boolean flat = true;
    for (String name : processes.pids().keySet()) {
      long middle = most(samples.subList(third, samples.size() - third), name);
      long last = most(samples.subList(samples.size() - third, samples.size()), name);
      if (last > middle * GROWTH_ALLOWED) {
        out.printf("%s grows: at most %d MiB, then %d MiB%n", name, middle, last);
        flat = false;
      }
    }
    return flat;
  }

  private static long most(List<Map<String, Long>> samples, String name) {
    return samples.stream().mapToLong(sample -> sample.get(name)).max().orElse(0);
  }
}
