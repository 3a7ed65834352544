package dev.troupe.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the seed node, and compares each answer with the one before. Not thread-safe. */
final class TopSampler {
  private static final double NANOS = 1e9;
  private static final String MEMORY = "VmRSS:";
  private static final long KILO = 1024;

  private Map<String, SlotCounters> before = Map.of();
  private long beforeNanos;

  /**
   * Figures since the last call; the first call knows no rates.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  TopView sample(ControlClient seed) throws ControlException {
    ClusterStatus status = seed.status();
    Map<String, SlotCounters> now = read(seed.metrics());
    long nanos = System.nanoTime();
    double seconds = before.isEmpty() ? 0 : (nanos - beforeNanos) / NANOS;
    List<TopView.Row> rows = new ArrayList<>();
    for (SlotStatus slot : status.slots()) {
      rows.add(
          new TopView.Row(
              slot,
              SlotFigures.between(
                  before.get(slot.slot()), now.get(slot.slot()), seconds, memory(slot.pid()))));
    }
    SlotFigures total = total(rows, now, seconds);
    before = now;
    beforeNanos = nanos;
    return new TopView(Instant.now(), rows, total, null);
  }

  private static Map<String, SlotCounters> read(byte[] metrics) throws ControlException {
    try {
      return MetricsText.read(new String(metrics, UTF_8));
    } catch (IllegalArgumentException e) {
      throw new ControlException(0, "the seed node's metrics cannot be read: " + e.getMessage());
    }
  }

  // Requests are those of clients: each of them makes several calls between services.
  private SlotFigures total(List<TopView.Row> rows, Map<String, SlotCounters> now, double seconds) {
    List<String> gateways =
        rows.stream()
            .filter(row -> row.slot().service().equals(NodeNames.GATEWAY))
            .map(row -> row.slot().slot())
            .filter(slot -> now.containsKey(slot) && before.containsKey(slot))
            .toList();
    SlotFigures requests =
        SlotFigures.between(
            SlotCounters.sum(
                gateways.stream().map(before::get).map(Objects::requireNonNull).toList()),
            SlotCounters.sum(gateways.stream().map(now::get).map(Objects::requireNonNull).toList()),
            seconds,
            null);
    return new SlotFigures(
        requests.requestsPerSecond(),
        requests.p95Seconds(),
        requests.errorsPerSecond(),
        requests.inFlight(),
        rows.stream()
            .map(row -> row.figures().cpu())
            .filter(Objects::nonNull)
            .reduce(Double::sum)
            .orElse(null),
        rows.stream()
            .map(row -> row.figures().memoryBytes())
            .filter(Objects::nonNull)
            .reduce(Long::sum)
            .orElse(null));
  }

  /** The resident memory of a process of this host; null where nobody can tell. */
  private static @Nullable Long memory(@Nullable Long pid) {
    if (pid == null) {
      return null;
    }
    try {
      for (String line : Files.readAllLines(Path.of("/proc", pid.toString(), "status"))) {
        if (line.startsWith(MEMORY)) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * KILO;
        }
      }
    } catch (IOException | NumberFormatException gone) {
      // It has ended, or this is not Linux.
    }
    return null;
  }
}
