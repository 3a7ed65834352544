package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.cli.stop.StopPlan;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.report.DurationFormat;
import dev.troupe.protocol.settings.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Replaces processes by new ones, and waits until those are ready. */
public final class OrderedRestart {
  /** How long one launch may delay the next. */
  private static final Duration LAUNCH_TURN = Duration.ofSeconds(10);

  private final HomeOption homeOption;
  private final SeedRequest request;

  public OrderedRestart(HomeOption homeOption) {
    this.homeOption = homeOption;
    this.request = new SeedRequest(homeOption);
  }

  /**
   * @throws CommandException when no seed node answers
   */
  public void requireRunning() {
    request.status();
  }

  /**
   * Restarts a slot, or all slots of a service at once, and shows each change until all are ready.
   *
   * @throws CommandException when one of them does not become ready
   */
  public ExitCode run(String name, PrintWriter out) {
    return run(name, out, before -> {});
  }

  /**
   * The same, but kills the earlier processes: they do not end the requests that they have. What
   * they acknowledged is stored.
   */
  public ExitCode runAtOnce(String name, PrintWriter out) {
    return run(name, out, before -> killThoseOf(name, before));
  }

  private void killThoseOf(String name, ClusterStatus before) {
    Set<Long> pids =
        before.slots().stream()
            .filter(slot -> isOf(name, slot))
            .map(SlotStatus::pid)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    new ClusterProcesses(homeOption.path())
        .find().stream()
            .filter(process -> pids.contains(process.pid()))
            .forEach(process -> process.handle().destroyForcibly());
  }

  private static boolean isOf(String slotOrService, SlotStatus slot) {
    return slot.slot().equals(slotOrService) || slot.service().equals(slotOrService);
  }

  private ExitCode run(String name, PrintWriter out, Consumer<ClusterStatus> whenOrdered) {
    AtomicReference<ClusterStatus> before = new AtomicReference<>();
    request.begin(
        seed -> {
          before.set(seed.status());
          seed.restart(name);
          return 0;
        });
    whenOrdered.accept(before.get());
    AwaitedRestart restart = new AwaitedRestart(name, before.get());
    Duration limit = limit(RunningFiles.settings(homeOption.path()), restart.slots());
    long deadline = System.nanoTime() + limit.toNanos();
    ExitCode end =
        request.awaitSince(
            before.get(),
            out,
            now -> {
              if (restart.isDone(now)) {
                return Optional.of(ExitCode.OK);
              }
              List<String> givenUp = restart.givenUp(now);
              if (!givenUp.isEmpty()) {
                throw new CommandException(ExitCode.FAILED, String.join("; ", givenUp));
              }
              if (System.nanoTime() >= deadline) {
                throw new CommandException(
                    ExitCode.FAILED,
                    "After %s %s. The restart goes on. Look at it with: %s"
                        .formatted(
                            DurationFormat.fine(limit),
                            String.join("; ", restart.notReady(now)),
                            homeOption.commandLine("status")));
              }
              return Optional.empty();
            });
    if (end == ExitCode.OK) {
      out.printf("%s: restarted.%n", name);
    }
    return end;
  }

  /** The longest time in which {@code slots} processes stop and others start in their place. */
  private static Duration limit(Settings settings, int slots) {
    return StopPlan.of(settings)
        .longestOfOne()
        .plus(LAUNCH_TURN.multipliedBy(slots))
        .plus(settings.startTimeout());
  }

  /** Follows the restart of slots until each has a new process that is ready. */
  static final class AwaitedRestart {
    private final Map<String, Integer> generations = new LinkedHashMap<>();

    /**
     * @param slotOrService what is restarted
     * @param before the status from before the restart
     */
    AwaitedRestart(String slotOrService, ClusterStatus before) {
      for (SlotStatus slot : before.slots()) {
        if (isOf(slotOrService, slot)) {
          // A slot that is about to launch a process counts as restarted with that process.
          generations.put(slot.slot(), slot.nextGeneration());
        }
      }
    }

    int slots() {
      return generations.size();
    }

    /** Whether each slot has a new process that is ready. */
    boolean isDone(ClusterStatus now) {
      return generations.keySet().stream().allMatch(slot -> isReady(slot, now));
    }

    /** Descriptions of the slots that will not become ready by themselves. */
    List<String> givenUp(ClusterStatus now) {
      return found(
          now,
          slot ->
              slot.isEmpty()
                  || (isNew(slot.get())
                      && (slot.get().state() == SlotState.FAILED
                          || slot.get().state() == SlotState.STOPPED)));
    }

    /** Descriptions of the slots that are not ready. */
    List<String> notReady(ClusterStatus now) {
      return found(now, slot -> slot.isEmpty() || !isReady(slot.get().slot(), now));
    }

    private List<String> found(ClusterStatus now, Predicate<Optional<SlotStatus>> which) {
      List<String> found = new ArrayList<>();
      for (String name : generations.keySet()) {
        Optional<SlotStatus> slot = slot(name, now);
        if (which.test(slot)) {
          found.add(slot.map(AwaitedRestart::describe).orElse(name + " is gone"));
        }
      }
      return found;
    }

    private boolean isReady(String name, ClusterStatus now) {
      return slot(name, now)
          .filter(slot -> isNew(slot) && slot.state() == SlotState.RUNNING)
          .isPresent();
    }

    private boolean isNew(SlotStatus slot) {
      return slot.generation() >= generations.getOrDefault(slot.slot(), 0);
    }

    private static Optional<SlotStatus> slot(String name, ClusterStatus now) {
      return now.slots().stream().filter(slot -> slot.slot().equals(name)).findFirst();
    }

    private static String describe(SlotStatus slot) {
      return slot.reason() == null
          ? "%s is %s".formatted(slot.slot(), slot.state().label())
          : "%s is %s: %s".formatted(slot.slot(), slot.state().label(), slot.reason());
    }
  }
}
