package dev.troupe.seed.alerts;

import dev.troupe.node.registry.RegistryView;
import java.util.List;

/** Reads from the heartbeats what nodes say of their calls. */
final class RegistryCalls {
  private RegistryCalls() {}

  static List<Observation.Calls> in(RegistryView view) {
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
}
