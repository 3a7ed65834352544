package dev.troupe.seed.process;

import java.util.concurrent.CompletionStage;

/** Starts processes. */
@FunctionalInterface
public interface ProcessLauncher {
  /**
   * Starts the process of a slot.
   *
   * @param generation how often the slot has then been launched
   * @return the process; fails with the reason when the operating system refused it
   */
  CompletionStage<RunningProcess> launch(String slot, String service, int generation);
}
