package dev.troupe.cli.top;

import dev.troupe.protocol.call.ReplyStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the table shows from the text format of Prometheus. */
final class MetricsText {
  private static final String HTTP = "http_server_request_duration_seconds";
  private static final String CALLS = "rpc_server_call_duration_seconds";
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)\\{(.*)} (\\S+)(?: .*)?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
  private static final int SERVER_ERROR = 500;

  private MetricsText() {}

  /**
   * The counters of each slot that has some.
   *
   * @throws IllegalArgumentException when a sample that is needed cannot be read
   */
  static Map<String, SlotCounters> read(String text) {
    Map<String, SlotCounters> slots = new TreeMap<>();
    text.lines().filter(MetricsText::isWanted).forEach(line -> read(line, slots));
    return slots;
  }

  // Most lines are of other families.
  private static boolean isWanted(String line) {
    return line.startsWith(HTTP)
        || line.startsWith(CALLS)
        || line.startsWith("process_cpu_seconds_total{")
        || line.startsWith("troupe_requests_in_flight{");
  }

  private static void read(String line, Map<String, SlotCounters> slots) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException("no sample of a metric: " + line);
    }
    Map<String, String> labels = labels(sample.group(2));
    String slot = labels.get("slot");
    if (slot == null) {
      return;
    }
    SlotCounters counters = slots.computeIfAbsent(slot, name -> new SlotCounters());
    double value = number(sample.group(3));
    switch (sample.group(1)) {
      case HTTP + "_count" ->
          counters.addRequests(value, isHttpError(labels.get("http_response_status_code")));
      case CALLS + "_count" ->
          counters.addRequests(value, isCallError(labels.get("rpc_response_status_code")));
      case HTTP + "_bucket", CALLS + "_bucket" ->
          counters.addBucket(number(labels.getOrDefault("le", "+Inf")), value);
      case "process_cpu_seconds_total" -> counters.addCpuSeconds(value);
      case "troupe_requests_in_flight" -> counters.addInFlight(value);
      default -> {
        // The sum of a histogram, say.
      }
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.lookingAt()) {
      // What is escaped stands in no label that is needed.
      labels.put(label.group(1), label.group(2));
      label.region(label.end(), text.length());
    }
    return labels;
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static boolean isHttpError(@Nullable String status) {
    return status != null && Integer.parseInt(status) >= SERVER_ERROR;
  }

  private static boolean isCallError(@Nullable String status) {
    for (ReplyStatus known : ReplyStatus.values()) {
      if (known.name().equals(status)) {
        return known.httpCode() >= SERVER_ERROR;
      }
    }
    return false;
  }
}
