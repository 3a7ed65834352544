package dev.troupe.seed.metrics;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricPoint;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.query.NodeReports;
import dev.troupe.seed.query.QueriedNodes;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a cluster: what the seed node knows of slots, instances, and the calls between
 * them, and what the nodes have told it.
 */
public final class ClusterMetrics {
  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double MILLIS = 1000;

  private final MetricFamilies families = new MetricFamilies();

  private final NodeReports<MetricsReport> scrape;
  private final Predicate<String> wanted;
  private long malformed;

  private ClusterMetrics(NodeReports<MetricsReport> scrape, Predicate<String> wanted) {
    this.scrape = scrape;
    this.wanted = wanted;
  }

  private static MetricSnapshots of(
      ClusterStatus status,
      RegistryView view,
      NodeReports<MetricsReport> scrape,
      Settings settings,
      @Nullable String slot) {
    ClusterMetrics metrics = new ClusterMetrics(scrape, name -> slot == null || slot.equals(name));
    QueriedNodes targets = QueriedNodes.of(status, view);
    status.slots().stream().filter(one -> metrics.wanted.test(one.slot())).forEach(metrics::slot);
    view.instances().stream()
        .filter(one -> metrics.wanted.test(one.slot()))
        .forEach(metrics::instance);
    if (settings.metrics().enabled()) {
      targets.services().forEach(metrics::node);
    }
    // What is of the whole cluster belongs to the slot of the seed node.
    if (slot == null || NodeNames.SEED.equals(targets.services().get(slot))) {
      metrics.services(view);
    }
    return metrics.families.snapshots();
  }

  private void node(String slot, String service) {
    if (!wanted.test(slot)) {
      return;
    }
    Labels labels = Labels.of("service", service, "slot", slot);
    MetricsReport report = scrape.reports().get(slot);
    families.gauge(
        "troupe_scrape_up",
        "1 if the node has answered this scrape, 0 if it was silent.",
        labels,
        report == null ? 0 : 1);
    if (report == null) {
      return;
    }
    malformed = 0;
    for (MetricFamily family : report.families()) {
      for (MetricPoint point : family.points()) {
        if (!families.add(family, point, labels)) {
          malformed++;
        }
      }
    }
    families.gauge(
        "troupe_scrape_dropped_samples",
        "Samples of the node that had no room in its report, or were malformed.",
        labels,
        report.dropped() + (double) malformed);
  }

  private void services(RegistryView view) {
    view.services()
        .forEach(
            (name, service) -> {
              Labels labels = Labels.of("service", name);
              families.counter(
                  "troupe_service_requests",
                  "Requests that all instances of a service have answered.",
                  labels,
                  (double) service.requests());
              families.counter(
                  "troupe_service_errors",
                  "Requests that failed by the fault of the service.",
                  labels,
                  (double) service.errors());
            });
  }

  /**
   * All samples of one moment in the text format of Prometheus.
   *
   * @param scrape what the nodes have answered
   * @param slot whose samples are wanted; null for all
   */
  public static byte[] text(
      ClusterStatus status,
      RegistryView view,
      NodeReports<MetricsReport> scrape,
      Settings settings,
      @Nullable String slot) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(
              text, of(status, view, scrape, settings, slot), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }

  private void slot(SlotStatus slot) {
    Labels labels = Labels.of("service", slot.service(), "slot", slot.slot());
    for (SlotState state : SlotState.values()) {
      families.gauge(
          "troupe_slot_state",
          "1 for the state that the slot has, 0 for all others.",
          labels.add("state", state.label()),
          slot.state() == state ? 1 : 0);
    }
    families.counter(
        "troupe_slot_generation",
        "Processes that were launched for the slot.",
        labels,
        slot.generation());
    families.gauge(
        "troupe_slot_restart_budget_left",
        "Relaunches that the restart budget still allows in its window.",
        labels,
        slot.restartsLeft());
    if (slot.readyMillis() != null) {
      families.gauge(
          "troupe_slot_start_duration_seconds",
          "From the last launch to ready.",
          labels,
          slot.readyMillis() / MILLIS);
    }
  }

  private void instance(InstanceView instance) {
    Heartbeat beat = instance.heartbeat();
    Labels labels = Labels.of("service", instance.service(), "slot", instance.slot());
    // A node that answers tells its own.
    if (!scrape.reports().containsKey(instance.slot())) {
      families.counter(
          "process_cpu_seconds",
          "CPU time of the process since its start.",
          labels,
          beat.cpuSeconds());
      families.gauge(
          "jvm_memory_used_bytes",
          "Memory that the JVM uses.",
          labels.add("jvm_memory_type", "heap"),
          (double) beat.heapBytes());
    }
    families.gauge(
        "troupe_requests_in_flight",
        "Requests that the instance has taken and not answered.",
        labels,
        beat.inFlight());
    families.gauge(
        "troupe_heartbeat_age_seconds",
        "Since the last heartbeat of the instance was sent.",
        labels,
        instance.silence().toMillis() / MILLIS);
    beat.calls()
        .forEach(
            (service, report) ->
                calls(report, Labels.of("service", service, "caller", instance.slot())));
  }

  private void calls(CallReport report, Labels labels) {
    CallReport.WaitingRoom room = report.waitingRoom();
    families.gauge(
        "troupe_calls_waiting", "Calls that wait for an instance.", labels, room.requests());
    families.counter(
        "troupe_calls_expired", "Calls that waited in vain.", labels, (double) room.expired());
    families.counter(
        "troupe_calls_timed_out",
        "Calls that no instance has answered in time.",
        labels,
        (double) report.timeout().reached());
    refused("waiting-room", room.overflowed(), labels);
    refused("bulkhead", report.bulkhead().refused(), labels);
    refused("circuit-breaker", report.circuitBreaker().refused(), labels);
    refused("retry-budget", report.retryBudget().refused(), labels);
    families.counter(
        "troupe_calls_retried",
        "Calls that were sent to a second instance.",
        labels,
        (double) report.retryBudget().retries());
    families.gauge(
        "troupe_calls_in_progress",
        "Calls without an answer, waiting ones included.",
        labels,
        report.bulkhead().calls());
    for (BreakerState state : BreakerState.values()) {
      families.gauge(
          "troupe_circuit_breaker_state",
          "1 for the state that the circuit breaker has, 0 for all others.",
          labels.add("state", state.label()),
          report.circuitBreaker().state() == state ? 1 : 0);
    }
    families.gauge(
        "troupe_actions_suspended",
        "Actions that are not called for a while, since processes died of them.",
        labels,
        report.suspendedActions().size());
  }

  private void refused(String reason, long count, Labels labels) {
    families.counter(
        "troupe_calls_refused",
        "Calls that were refused, by reason.",
        labels.add("reason", reason),
        (double) count);
  }
}
