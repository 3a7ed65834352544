package dev.troupe.seed.slot;

import dev.troupe.seed.process.Exit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a slot keeps between its processes.
 *
 * @param generation of the last launch, 0 before the first
 * @param reason why it is not running, or why it was last relaunched
 */
record Memory(
    int generation,
    History history,
    @Nullable Integer exitCode,
    @Nullable String reason,
    List<String> log) {
  Memory {
    log = List.copyOf(log);
  }

  static Memory of(int generation) {
    return new Memory(generation, History.NONE, null, null, List.of());
  }

  Memory nextGeneration() {
    return new Memory(generation + 1, history, exitCode, reason, log);
  }

  Memory because(String reason) {
    return new Memory(generation, history, exitCode, reason, log);
  }

  Memory ended(Exit exit, String reason) {
    return new Memory(generation, history, exit.code(), reason, exit.log());
  }

  Memory with(History history) {
    return new Memory(generation, history, exitCode, reason, log);
  }

  /** An operator's order: the budget begins anew. */
  Memory afresh() {
    return new Memory(generation, History.NONE, exitCode, null, List.of());
  }
}
