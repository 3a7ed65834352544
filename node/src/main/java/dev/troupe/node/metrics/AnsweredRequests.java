package dev.troupe.node.metrics;

import dev.troupe.protocol.call.ReplyStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How many requests a node has answered since its start: those of clients by a gateway, those of
 * other nodes by an instance. Not thread-safe.
 */
final class AnsweredRequests {
  private static final String OF_CLIENTS = NodeMetrics.REQUESTS_OF_CLIENTS;
  private static final String OF_NODES = NodeMetrics.CALLS_OF_NODES;

  private final long[] buckets;
  private long errors;

  private AnsweredRequests(long[] buckets, long errors) {
    this.buckets = buckets;
    this.errors = errors;
  }

  static AnsweredRequests none() {
    return new AnsweredRequests(new long[Histogram.BOUNDS.size() + 1], 0);
  }

  /** Adds what a histogram has counted, if it is one of answered requests. */
  void add(String name, Map<String, String> labels, Histogram histogram) {
    if (!name.equals(OF_CLIENTS) && !name.equals(OF_NODES)) {
      return;
    }
    long before = total();
    histogram.addTo(buckets);
    if (isFailure(name, labels)) {
      errors += total() - before;
    }
  }

  private static boolean isFailure(String name, Map<String, String> labels) {
    return name.equals(OF_CLIENTS)
        ? labels.getOrDefault("http_response_status_code", "").startsWith("5")
        : ReplyStatus.isServiceError(labels.getOrDefault("rpc_response_status_code", ""));
  }

  private long total() {
    return Arrays.stream(buckets).sum();
  }

  long errorsSince(AnsweredRequests before) {
    return errors - before.errors;
  }

  /** The requests by duration; empty if there were none. */
  List<Long> bucketsSince(AnsweredRequests before) {
    Long[] since = new Long[buckets.length];
    boolean isEmpty = true;
    for (int i = 0; i < buckets.length; i++) {
      since[i] = buckets[i] - before.buckets[i];
      isEmpty &= since[i] == 0;
    }
    return isEmpty ? List.of() : List.of(since);
  }
}
