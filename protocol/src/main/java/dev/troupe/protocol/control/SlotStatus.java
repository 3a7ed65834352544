package dev.troupe.protocol.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot as {@code status} shows it.
 *
 * @param generation how often it has been launched, from 1; 0 before the first launch
 * @param pid of the living process, if there is one
 * @param address of its node, if it has been launched
 * @param since when it entered {@code state}
 * @param readyMillis from the last launch to ready, once it has been ready
 * @param restarts relaunches that count against the budget now
 * @param restartsLeft relaunches that the budget still allows, from 0 on
 * @param exitCode of the last process that ended, if its exit was seen
 * @param reason why it is not running, or why it was last relaunched
 * @param log the last lines it wrote; only of a slot that is backing off or failed
 */
public record SlotStatus(
    String slot,
    String service,
    SlotState state,
    int generation,
    @Nullable Long pid,
    @Nullable String address,
    Instant since,
    @Nullable Long readyMillis,
    int restarts,
    int restartsLeft,
    @Nullable Integer exitCode,
    @Nullable String reason,
    List<String> log) {
  public SlotStatus {
    log = List.copyOf(log);
  }

  /** Whether it waits for a process to be launched, whose generation it shows already. */
  public boolean awaitsLaunch() {
    return state == SlotState.LAUNCHING && pid == null;
  }

  /** The generation of the next process that will be launched. */
  public int nextGeneration() {
    return awaitsLaunch() ? generation : generation + 1;
  }

  /** The same with another reason. */
  public SlotStatus withReason(String reason) {
    return new SlotStatus(
        slot,
        service,
        state,
        generation,
        pid,
        address,
        since,
        readyMillis,
        restarts,
        restartsLeft,
        exitCode,
        reason,
        log);
  }
}
