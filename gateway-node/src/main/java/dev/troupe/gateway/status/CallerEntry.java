package dev.troupe.gateway.status;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.CallReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The state of one node's calls of a service, from the node's last heartbeat. */
record CallerEntry(
    String slot,
    CallReport.WaitingRoom waitingRoom,
    CallReport.Timeout timeout,
    CallReport.CircuitBreaker circuitBreaker,
    CallReport.Bulkhead bulkhead,
    CallReport.RetryBudget retryBudget,
    List<CallReport.SuspendedAction> suspendedActions) {

  /** All nodes of the cluster that call {@code service}, by slot. */
  static List<CallerEntry> of(String service, RegistryView view) {
    return view.instances().stream()
        .flatMap(
            instance -> {
              Map<String, CallReport> calls = instance.heartbeat().calls();
              CallReport report = calls.get(service);
              return report == null ? Stream.empty() : Stream.of(of(instance.slot(), report));
            })
        .toList();
  }

  private static CallerEntry of(String slot, CallReport report) {
    return new CallerEntry(
        slot,
        report.waitingRoom(),
        report.timeout(),
        report.circuitBreaker(),
        report.bulkhead(),
        report.retryBudget(),
        report.suspendedActions());
  }
}
