package dev.troupe.seed.history;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.metrics.LoadSample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The load of all slots in the last day. Not thread-safe. */
final class ClusterHistory {
  private static final int LATEST_TICKS = 6;

  private final Map<String, SlotHistory> slots = new HashMap<>();
  private final int mostSlots;

  /**
   * @param mostSlots beyond which the slot that was silent for the longest time is forgotten
   */
  ClusterHistory(int mostSlots) {
    this.mostSlots = mostSlots;
  }

  /** Adds what a process of a slot did in a tick. A sample that makes no sense is ignored. */
  void add(String slot, String service, long tick, LoadSample sample) {
    boolean isWellFormed =
        sample.buckets().isEmpty() || sample.buckets().size() == Percentiles.BUCKETS;
    if (isWellFormed && sample.heapBytes() > 0) {
      of(slot, service).add(tick, sample);
    }
  }

  private SlotHistory of(String slot, String service) {
    SlotHistory known = slots.get(slot);
    if (known != null && known.service().equals(service)) {
      return known;
    }
    slots.remove(slot);
    if (slots.size() >= mostSlots) {
      slots.entrySet().stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().newest()))
          .ifPresent(oldest -> slots.remove(oldest.getKey()));
    }
    SlotHistory created = new SlotHistory(service);
    slots.put(slot, created);
    return created;
  }

  /** The history of one slot; empty if nothing is known of it. */
  Optional<HistorySeries> ofSlot(String slot, HistoryRange range, TickClock clock, long tick) {
    return slots.containsKey(slot)
        ? Optional.of(series(slot::equals, any -> true, range, clock, tick))
        : Optional.empty();
  }

  /** The history of all slots of a service; empty if nothing is known of any. */
  Optional<HistorySeries> ofService(
      String service, HistoryRange range, TickClock clock, long tick) {
    Predicate<String> isOfService = slot -> service.equals(service(slot));
    return slots.keySet().stream().anyMatch(isOfService)
        ? Optional.of(series(isOfService, any -> true, range, clock, tick))
        : Optional.empty();
  }

  /** The history of all processes, and of the requests that clients sent. */
  HistorySeries ofCluster(HistoryRange range, TickClock clock, long tick) {
    return series(any -> true, this::isGateway, range, clock, tick);
  }

  private @Nullable String service(String slot) {
    SlotHistory known = slots.get(slot);
    return known == null ? null : known.service();
  }

  private boolean isGateway(String slot) {
    return NodeNames.GATEWAY.equals(service(slot));
  }

  private HistorySeries series(
      Predicate<String> ofProcesses,
      Predicate<String> ofRequests,
      HistoryRange range,
      TickClock clock,
      long tick) {
    long newest = Math.floorDiv(tick, range.ticksPerRow());
    long oldest = newest - range.rows() + 1;
    List<LoadSum> rows = new ArrayList<>(range.rows());
    for (long row = oldest; row <= newest; row++) {
      LoadSum sum = new LoadSum();
      for (Map.Entry<String, SlotHistory> slot : slots.entrySet()) {
        if (ofProcesses.test(slot.getKey())) {
          sum.addProcess(slot.getValue(), range, row);
          if (ofRequests.test(slot.getKey())) {
            sum.addRequests(slot.getValue(), range, row);
          }
        }
      }
      rows.add(sum);
    }
    return new HistorySeries(
        range.label(),
        Instant.ofEpochMilli(clock.millis(oldest * range.ticksPerRow())),
        (int) (range.stepMillis() / 1000),
        column(rows, sum -> sum.process(SlotHistory.CPU)),
        column(rows, sum -> sum.process(SlotHistory.HEAP)),
        column(rows, sum -> sum.process(SlotHistory.RESIDENT)),
        column(rows, sum -> sum.process(SlotHistory.COLLECTING)),
        column(rows, sum -> sum.requestsPerSecond(1)),
        column(rows, sum -> sum.errorsPerSecond(1)),
        column(rows, sum -> sum.percentile(0.50)),
        column(rows, sum -> sum.percentile(0.95)),
        column(rows, sum -> sum.percentile(0.99)));
  }

  private static List<@Nullable Double> column(
      List<LoadSum> rows, Function<LoadSum, @Nullable Double> figure) {
    List<@Nullable Double> column = new ArrayList<>(rows.size());
    rows.forEach(row -> column.add(figure.apply(row)));
    return column;
  }

  /** What all slots did just before {@code tick}. */
  LatestLoad latest(long tick) {
    Map<String, LatestLoad.Load> loads = new TreeMap<>();
    LoadSum gateways = new LoadSum();
    int rows = 1;
    for (Map.Entry<String, SlotHistory> entry : slots.entrySet()) {
      SlotHistory slot = entry.getValue();
      LoadSum sum = new LoadSum();
      int present = 0;
      for (long row = tick - LATEST_TICKS + 1; row <= tick; row++) {
        if (slot.has(HistoryRange.MINUTES, row)) {
          present++;
          sum.addRequests(slot, HistoryRange.MINUTES, row);
          if (isGateway(entry.getKey())) {
            gateways.addRequests(slot, HistoryRange.MINUTES, row);
            rows = Math.max(rows, present);
          }
        }
      }
      if (present > 0) {
        sum.addProcess(slot, HistoryRange.MINUTES, slot.newest());
        loads.put(entry.getKey(), load(sum, present));
      }
    }
    int seconds = (int) (LATEST_TICKS * HistoryRange.MINUTES.stepMillis() / 1000);
    return new LatestLoad(seconds, loads, load(gateways, rows));
  }

  private static LatestLoad.Load load(LoadSum sum, int rows) {
    return new LatestLoad.Load(
        sum.process(SlotHistory.CPU),
        sum.process(SlotHistory.HEAP),
        sum.process(SlotHistory.RESIDENT),
        sum.process(SlotHistory.COLLECTING),
        sum.requestsPerSecond(rows),
        sum.errorsPerSecond(rows),
        sum.percentile(0.50),
        sum.percentile(0.95),
        sum.percentile(0.99));
  }

  /** All slots in some minutes, as CSV. */
  List<String> table(Instant from, Instant until, TickClock clock, long tick) {
    return new HistoryTable(clock, tick).lines(slots, from, until);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(slots.size());
    for (Map.Entry<String, SlotHistory> slot : slots.entrySet()) {
      out.writeUTF(slot.getKey());
      out.writeUTF(slot.getValue().service());
      slot.getValue().write(out);
    }
  }

  /** Reads what {@link #write} has written, up to as many slots as there may be. */
  void read(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException(count + " slots (expected: 0 at least)");
    }
    for (int i = 0; i < count; i++) {
      String slot = in.readUTF();
      SlotHistory read = new SlotHistory(in.readUTF());
      read.read(in);
      if (i < mostSlots) {
        slots.put(slot, read);
      }
    }
  }

  /** The newest tick of any slot; {@link Long#MIN_VALUE} if nothing is known. */
  long newest() {
    return slots.values().stream().mapToLong(SlotHistory::newest).max().orElse(Long.MIN_VALUE);
  }
}
