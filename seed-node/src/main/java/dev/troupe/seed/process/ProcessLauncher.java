package dev.troupe.seed.process;

import java.util.concurrent.CompletionStage;

/** Starts processes. */
@FunctionalInterface
public interface ProcessLauncher {
  /**
   * Starts the process of a slot, at once or when its turn comes.
   *
   * @param generation how often the slot has then been launched
   * @return the process; fails with the reason when the operating system refused it
   */
  CompletionStage<RunningProcess> launch(String slot, String service, int generation);

  /** The process of {@code slot} is a member of the cluster: the dear part of its start is over. */
  default void joined(String slot) {}

  /** Fails the launch of {@code slot} if it has not begun. */
  default void withdraw(String slot) {}
}
