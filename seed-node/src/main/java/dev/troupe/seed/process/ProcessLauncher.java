package dev.troupe.seed.process;

import java.util.concurrent.CompletionStage;

/** Starts processes. */
@FunctionalInterface
public interface ProcessLauncher {
  /**
   * Starts the process of a slot.
   *
   * @param generation the number of launches of the slot, this one included
   * @return the process; fails with the reason when the operating system refused it
   */
  CompletionStage<RunningProcess> launch(String slot, String service, int generation);
}
