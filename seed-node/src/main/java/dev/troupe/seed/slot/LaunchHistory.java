package dev.troupe.seed.slot;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a slot remembers of its earlier launches and processes.
 *
 * @param generation of the last launch, 0 before the first
 * @param relaunches the times, by the ticker, of the relaunches that count against the restart
 *     budget, oldest first
 * @param lastExit how the last process ended; null before the first end
 * @param lastPid the pid of that process; null if there never was one
 * @param ordered whether an operator ordered the launch after {@code lastExit}, so that {@code
 *     lastExit} is not its cause
 */
public record LaunchHistory(
    int generation,
    List<Duration> relaunches,
    @Nullable ExitReason lastExit,
    @Nullable Long lastPid,
    boolean ordered) {
  public LaunchHistory {
    relaunches = List.copyOf(relaunches);
  }

  public static LaunchHistory of(int generation) {
    return new LaunchHistory(generation, List.of(), null, null, false);
  }

  /** The exit code of the last process that ended, if it was seen. */
  public @Nullable Integer exitCode() {
    return lastExit == null ? null : lastExit.exit().code();
  }

  /** Why there was another launch, or why there is none; null if an operator ordered the launch. */
  public @Nullable ExitReason cause() {
    return ordered ? null : lastExit;
  }

  /** Whether the last process said that another one would not start either. */
  boolean isRefusal() {
    return lastExit != null && lastExit.exit().isRefusal();
  }

  LaunchHistory nextGeneration() {
    return new LaunchHistory(generation + 1, relaunches, lastExit, lastPid, ordered);
  }

  /** The launch failed, so that this generation has no process. */
  LaunchHistory launchFailed(String cause) {
    return new LaunchHistory(
        generation, relaunches, new ExitReason.LaunchFailed(cause), null, false);
  }

  LaunchHistory ended(SlotProcess process, ExitReason reason) {
    return new LaunchHistory(generation, relaunches, reason, process.pid(), false);
  }

  /** After an operator's order the restart budget is full again. */
  LaunchHistory reset() {
    return new LaunchHistory(generation, List.of(), lastExit, lastPid, true);
  }

  LaunchHistory withRelaunches(List<Duration> counted) {
    return new LaunchHistory(generation, counted, lastExit, lastPid, ordered);
  }

  LaunchHistory relaunchedAt(Duration now) {
    return withRelaunches(Stream.concat(relaunches.stream(), Stream.of(now)).toList());
  }

  List<Duration> relaunchesWithin(Duration window, Duration now) {
    Duration from = now.minus(window);
    return relaunches.stream().filter(at -> at.compareTo(from) > 0).toList();
  }
}
