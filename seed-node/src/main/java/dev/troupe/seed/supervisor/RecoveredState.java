package dev.troupe.seed.supervisor;

import dev.troupe.seed.process.RunningProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this seed node takes over from an earlier one.
 *
 * @param processes the processes that still run and are adopted, by slot
 * @param generations the generation of the last launch, by slot
 * @param knownDead addresses of processes that ran under the earlier seed node and are gone
 * @param ended addresses of processes that an earlier seed node saw end
 */
public record RecoveredState(
    Map<String, RunningProcess> processes,
    Map<String, Integer> generations,
    Set<String> knownDead,
    List<String> ended) {
  public static final RecoveredState NOTHING =
      new RecoveredState(Map.of(), Map.of(), Set.of(), List.of());

  public RecoveredState {
    processes = Map.copyOf(processes);
    generations = Map.copyOf(generations);
    knownDead = Set.copyOf(knownDead);
    ended = List.copyOf(ended);
  }

  Optional<RunningProcess> process(String slot) {
    return Optional.ofNullable(processes.get(slot));
  }
}
