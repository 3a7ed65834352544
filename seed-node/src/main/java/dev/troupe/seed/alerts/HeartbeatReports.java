package dev.troupe.seed.alerts;

import dev.troupe.node.registry.RegistryView;
import java.util.List;

/** Reads from the heartbeats what nodes say of their work. */
final class HeartbeatReports {
  private HeartbeatReports() {}

  static List<Observation.Calls> calls(RegistryView view) {
    return view.instances().stream()
        .flatMap(
            instance ->
                instance.heartbeat().calls().entrySet().stream()
                    .map(
                        calls ->
                            new Observation.Calls(
                                instance.slot(), calls.getKey(), calls.getValue())))
        .toList();
  }

  static List<Observation.Dead> dead(RegistryView view) {
    return view.instances().stream()
        .flatMap(
            instance ->
                instance.heartbeat().dead().stream()
                    .map(work -> new Observation.Dead(instance.service(), work)))
        .toList();
  }
}
