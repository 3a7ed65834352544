package dev.troupe.cli.top;

import dev.troupe.protocol.control.SlotState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How rows are sorted: those of failed slots first, then others that do not run. */
enum SortOrder {
  /** The order of {@code status}. */
  SLOT,
  REQUESTS,
  P95,
  ERRORS,
  IN_FLIGHT,
  CPU,
  MEMORY;

  private static final List<SortOrder> ALL = List.of(values());

  /** Sorts stably, the largest figure first and unknown ones last. */
  Comparator<TopView.Row> comparator() {
    return Comparator.<TopView.Row>comparingInt(row -> urgency(row.slot().state()))
        .thenComparing(Comparator.<TopView.Row>comparingDouble(this::value).reversed());
  }

  private double value(TopView.Row row) {
    Number value = figure(row.figures());
    return value == null ? -1 : value.doubleValue();
  }

  private @Nullable Number figure(SlotFigures figures) {
    return switch (this) {
      case SLOT -> null;
      case REQUESTS -> figures.requestsPerSecond();
      case P95 -> figures.p95Seconds();
      case ERRORS -> figures.errorsPerSecond();
      case IN_FLIGHT -> figures.inFlight();
      case CPU -> figures.cpu();
      case MEMORY -> figures.memoryBytes();
    };
  }

  private static int urgency(SlotState state) {
    return switch (state) {
      case FAILED -> 0;
      case RUNNING -> 2;
      default -> 1;
    };
  }

  /**
   * @param step 1 for the next, -1 for the one before
   */
  SortOrder turned(int step) {
    return ALL.get(Math.floorMod(ALL.indexOf(this) + step, ALL.size()));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
