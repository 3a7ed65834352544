package dev.troupe.node.metrics;

import dev.troupe.protocol.call.ReplyStatus;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How long the calls of one service take, by action and status. Not thread-safe. */
public final class CallTimers {
  /** Stands for all actions beyond {@link #MOST_ACTIONS}, as in OpenTelemetry. */
  static final String OTHER = "_OTHER";

  static final int MOST_ACTIONS = 200;

  private final NodeMetrics metrics;
  private final String name;
  private final String help;
  private final String service;
  private final Map<String, Map<ReplyStatus, Histogram>> byAction = new HashMap<>();
  private int mostActions = MOST_ACTIONS;

  private CallTimers(NodeMetrics metrics, String name, String help, String service) {
    this.metrics = metrics;
    this.name = name;
    this.help = help;
    this.service = service;
  }

  /**
   * The timers of the calls that an instance answers.
   *
   * @param actions of the service; all others are one
   */
  public static CallTimers ofServer(
      NodeMetrics metrics, String service, Collection<String> actions) {
    CallTimers timers =
        new CallTimers(
            metrics,
            NodeMetrics.CALLS_OF_NODES,
            "From when the instance took a call until it answered.",
            service);
    actions.forEach(timers::timers);
    // Names come from other nodes.
    timers.mostActions = 0;
    return timers;
  }

  /** The timers of the calls that a node makes of a service. */
  public static CallTimers ofClient(NodeMetrics metrics, String service) {
    return new CallTimers(
        metrics,
        "rpc_client_call_duration_seconds",
        "From when a call was made until it had an answer, with all waits and repetitions.",
        service);
  }

  /**
   * Records an ended call.
   *
   * @param nanos that it took
   */
  public void record(String action, ReplyStatus status, long nanos) {
    if (!metrics.isEnabled()) {
      return;
    }
    Map<ReplyStatus, Histogram> timers = timers(action);
    Histogram timer = timers.get(status);
    if (timer == null) {
      timer = create(byAction.containsKey(action) ? action : OTHER, status);
      timers.put(status, timer);
    }
    timer.record(nanos);
  }

  private Map<ReplyStatus, Histogram> timers(String action) {
    Map<ReplyStatus, Histogram> timers = byAction.get(action);
    if (timers != null) {
      return timers;
    }
    String key = byAction.size() < mostActions ? action : OTHER;
    return byAction.computeIfAbsent(key, any -> new EnumMap<>(ReplyStatus.class));
  }

  private Histogram create(String action, ReplyStatus status) {
    return metrics.histogram(
        name,
        help,
        Map.of(
            "rpc_service",
            service,
            "rpc_method",
            action,
            "rpc_response_status_code",
            status.name()));
  }
}
