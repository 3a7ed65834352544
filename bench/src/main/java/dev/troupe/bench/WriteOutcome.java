package dev.troupe.bench;

import com.fasterxml.jackson.core.JacksonException;
import dev.troupe.protocol.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The result of a load whose client repeats each write until it is acknowledged.
 *
 * @param unacknowledged writes that were never answered with a success
 * @param lost writes that were acknowledged but are not in the store
 * @param twice writes that are in the store more than once
 * @param failures number of attempts without a success, by status and message or by error
 */
record WriteOutcome(
    int attempts,
    int writes,
    long unacknowledged,
    long lost,
    long twice,
    Map<String, Long> failures) {
  private static final Pattern NAME = Pattern.compile("b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern NUMBER = Pattern.compile("\\d+([.,]\\d+)*");

  static WriteOutcome of(List<Sample> samples, Map<String, Integer> stored) {
    Set<String> writes = names(samples.stream().filter(Sample::isWrite).toList());
    Set<String> acknowledged =
        names(samples.stream().filter(sample -> sample.isWrite() && sample.isOk()).toList());
    return new WriteOutcome(
        samples.size(),
        writes.size(),
        writes.size() - acknowledged.size(),
        acknowledged.stream().filter(name -> !stored.containsKey(name)).count(),
        writes.stream().filter(name -> stored.getOrDefault(name, 0) > 1).count(),
        new TreeMap<>(
            samples.stream()
                .filter(sample -> !sample.isOk())
                .collect(Collectors.groupingBy(WriteOutcome::kind, Collectors.counting()))));
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

  /** The message of an error without names and numbers, so that equal errors are counted as one. */
  private static String reason(String body) {
    return NUMBER.matcher(NAME.matcher(message(body)).replaceAll("NAME")).replaceAll("N");
  }

  private static String message(String body) {
    try {
      return Json.MAPPER.readTree(body).path("message").asText(body).strip();
    } catch (JacksonException notJson) {
      return body.strip();
    }
  }

  private static String kind(Sample sample) {
    if (sample.status() != 0) {
      return sample.status() + " " + reason(sample.error());
    }
    // The last exception of a chain says most.
    return sample.error().substring(sample.error().lastIndexOf(": ") + 1).strip();
  }
}
