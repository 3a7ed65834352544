package dev.troupe.bench;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the writes of a load whose client sent again what was not acknowledged.
 *
 * @param unacknowledged never answered with a success, however often they were sent
 * @param lost acknowledged, but not in the store
 * @param twice in the store more than once
 * @param failures attempts without a success, by what came instead
 */
record Outcome(
    int attempts,
    int writes,
    long unacknowledged,
    long lost,
    long twice,
    Map<String, Long> failures) {
  static Outcome of(List<Sample> samples, Map<String, Integer> stored) {
    Set<String> writes = names(samples.stream().filter(Sample::isWrite).toList());
    Set<String> acknowledged =
        names(samples.stream().filter(sample -> sample.isWrite() && sample.isOk()).toList());
    return new Outcome(
        samples.size(),
        writes.size(),
        writes.size() - acknowledged.size(),
        acknowledged.stream().filter(name -> !stored.containsKey(name)).count(),
        writes.stream().filter(name -> stored.getOrDefault(name, 0) > 1).count(),
        new TreeMap<>(
            samples.stream()
                .filter(sample -> !sample.isOk())
                .collect(Collectors.groupingBy(Outcome::kind, Collectors.counting()))));
  }

  boolean isGood() {
    return lost == 0 && twice == 0;
  }

  String text() {
    return """
        requests sent                     %8d
        of them without a success         %8d%s
        writes                            %8d
        never acknowledged                %8d
        acknowledged, but lost            %8d  expected: 0%s
        stored more than once             %8d  expected: 0%s"""
        .formatted(
            attempts,
            failures.values().stream().mapToLong(Long::longValue).sum(),
            failuresText(),
            writes,
            unacknowledged,
            lost,
            lost == 0 ? "" : " FAILED",
            twice,
            twice == 0 ? "" : " FAILED");
  }

  private String failuresText() {
    return failures.entrySet().stream()
        .map(failure -> "%n  %31d  %s".formatted(failure.getValue(), failure.getKey()))
        .collect(Collectors.joining());
  }

  private static Set<String> names(List<Sample> samples) {
    return samples.stream().map(Sample::name).collect(Collectors.toSet());
  }

  private static String kind(Sample sample) {
    if (sample.status() != 0) {
      return sample.status() + " " + RefusalReason.of(sample.error());
    }
    // Of a chain of exceptions the last says most.
    return sample.error().substring(sample.error().lastIndexOf(": ") + 1).strip();
  }
}
