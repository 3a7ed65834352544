package dev.troupe.bench;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the results of several starts as tables. */
final class StartReport {
  private final List<StartRun> runs;

  StartReport(List<StartRun> runs) {
    this.runs = List.copyOf(runs);
  }

  String totals(double mostWall, double mostCpu) {
    return Stream.concat(
            Stream.of(
                "%-34s %8s %8s %8s %10s"
                    .formatted("all processes", "median", "min", "max", "expected"),
                row("wall s until the first order", StartRun::wallSeconds, mostWall)),
            StartCosts.FIGURES.stream()
                .map(
                    figure ->
                        row(
                            figure.text(),
                            run -> figure.measure().applyAsDouble(run.all()),
                            figure.equals(StartCosts.CPU) ? mostCpu : Double.POSITIVE_INFINITY)))
        .collect(Collectors.joining("\n"));
  }

  /** The median figures of each process. */
  String processes() {
    StringBuilder text = new StringBuilder("%-34s".formatted("each process, median"));
    StartCosts.FIGURES.forEach(figure -> text.append(" %10s".formatted(figure.heading())));
    Set<String> slots = new TreeSet<>();
    runs.forEach(run -> slots.addAll(run.slots()));
    for (String slot : slots) {
      text.append("\n%-34s".formatted(slot));
      List<StartCosts> costs = runs.stream().flatMap(run -> run.of(slot).stream()).toList();
      for (StartCosts.Figure figure : StartCosts.FIGURES) {
        double[] sorted = costs.stream().mapToDouble(figure.measure()).sorted().toArray();
        text.append(" %10.1f".formatted(Median.of(sorted)));
      }
    }
    return text.toString();
  }

  boolean isWithin(double mostWall, double mostCpu) {
    return Median.of(sorted(StartRun::wallSeconds)) <= mostWall
        && Median.of(sorted(StartReport::cpuSeconds)) <= mostCpu;
  }

  private String row(String figure, ToDoubleFunction<StartRun> measure, double most) {
    double[] sorted = sorted(measure);
    double median = Median.of(sorted);
    return "%-34s %8.1f %8.1f %8.1f %10s %s"
        .formatted(
            figure,
            median,
            sorted[0],
            Median.last(sorted),
            most == Double.POSITIVE_INFINITY ? "" : "<= %.0f".formatted(most),
            median <= most ? "" : "FAILED")
        .stripTrailing();
  }

  private double[] sorted(ToDoubleFunction<StartRun> measure) {
    return runs.stream().mapToDouble(measure).sorted().toArray();
  }

  private static double cpuSeconds(StartRun run) {
    return StartCosts.CPU.measure().applyAsDouble(run.all());
  }
}
