package dev.troupe.seed.data;

import dev.troupe.protocol.registry.DataReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what nodes hold: each slot's newest entry of all nodes with what each node has. */
public final class DataComparison {
  private record Held(String node, DataReport.Entry entry) {}

  private final long lagMillis;
  private final Map<String, Held> registrations = new HashMap<>();
  private final Map<String, Held> heartbeats = new HashMap<>();

  /**
   * @param lag how much older than that of another node a heartbeat may be
   */
  public DataComparison(Iterable<DataReport> reports, Duration lag) {
    this.lagMillis = lag.toMillis();
    for (DataReport report : reports) {
      for (DataReport.Entry entry : report.entries()) {
        Held held = new Held(report.slot(), entry);
        registrations.merge(
            entry.slot(),
            held,
            (one, two) -> two.entry().registered() > one.entry().registered() ? two : one);
        heartbeats.merge(
            entry.slot(), held, (one, two) -> isNewer(two.entry(), one.entry()) ? two : one);
      }
    }
  }

  private static boolean isNewer(DataReport.Entry one, DataReport.Entry two) {
    return one.heard() == two.heard() ? one.sequence() > two.sequence() : one.heard() > two.heard();
  }

  /** What a node lacks, by slot. Entries that had no room in its report are not looked for. */
  public List<DataProblem> problems(DataReport report) {
    Map<String, DataReport.Entry> own = new HashMap<>();
    report.entries().forEach(entry -> own.put(entry.slot(), entry));
    List<DataProblem> problems = new ArrayList<>();
    registrations.keySet().stream()
        .filter(slot -> report.dropped() == 0 || own.containsKey(slot))
        .sorted()
        .forEach(
            slot -> {
              DataReport.Entry entry =
                  own.getOrDefault(slot, new DataReport.Entry(slot, 0, 0, 0, 0));
              registration(entry, registrations.get(slot)).ifPresent(problems::add);
              heartbeat(entry, heartbeats.get(slot)).ifPresent(problems::add);
            });
    return problems;
  }

  private static Optional<DataProblem> registration(DataReport.Entry entry, Held newest) {
    int other = newest.entry().registered();
    if (entry.registered() >= other) {
      return Optional.empty();
    }
    return Optional.of(
        new DataProblem(
            entry.slot(),
            entry.registered() == 0
                ? DataProblem.Kind.NO_REGISTRATION
                : DataProblem.Kind.OLD_REGISTRATION,
            entry.registered(),
            other,
            newest.node()));
  }

  // The nodes are not asked at the very same moment, and the ages are estimates: an older heartbeat
  // alone says nothing.
  private Optional<DataProblem> heartbeat(DataReport.Entry entry, Held newest) {
    DataReport.Entry other = newest.entry();
    if (!isNewer(other, entry)) {
      return Optional.empty();
    }
    if (entry.heard() == 0) {
      return Optional.of(
          new DataProblem(
              entry.slot(), DataProblem.Kind.NO_HEARTBEAT, 0, other.heard(), newest.node()));
    }
    boolean isLate = entry.ageMillis() - other.ageMillis() > lagMillis;
    return isLate
        ? Optional.of(
            new DataProblem(
                entry.slot(),
                DataProblem.Kind.OLD_HEARTBEAT,
                entry.ageMillis(),
                other.ageMillis(),
                newest.node()))
        : Optional.empty();
  }
}
