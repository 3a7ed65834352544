package dev.troupe.seed.slot;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.seed.process.Exit;
import dev.troupe.seed.process.ProcessLauncher;
import dev.troupe.seed.process.RunningProcess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Owns one slot: the one process that may fill it, from launch to exit to relaunch. */
public final class SlotActor {
  /** What a slot can be told. */
  public sealed interface Command {}

  /** Launch, if nothing runs; what a spent budget forbade is allowed again. */
  public enum Start implements Command {
    INSTANCE
  }

  /** Stop in order, and stay stopped. */
  public enum Stop implements Command {
    INSTANCE
  }

  /** Stop in order if something runs, then launch. */
  public enum Restart implements Command {
    INSTANCE
  }

  /** What the cluster knows of the slot's process now. */
  public record Sighted(Sighting sighting) implements Command {
    private Sighting.@Nullable Instance instanceOf(Launched launched) {
      return sighting
          .instance()
          .filter(known -> known.generation() == launched.generation())
          .orElse(null);
    }
  }

  private record LaunchDone(int generation, RunningProcess process) implements Command {}

  private record LaunchFailed(int generation, String reason) implements Command {}

  private record Exited(int generation, Exit exit) implements Command {}

  private record StartTimeout(int generation) implements Command {}

  private record ThreadsDumped(int generation, Optional<String> whyNot) implements Command {}

  private record GraceOver(int generation) implements Command {}

  private record BackoffOver(int generation) implements Command {}

  /** What follows when a process that is being stopped has ended. */
  private enum Then {
    REST,
    LAUNCH,
    /** It was stopped because it failed: the restart policy decides. */
    DECIDE
  }

  /** How the reason begins of a process that was not ready in time. */
  public static final String LATE = "not ready within ";

  private static final String TIMER = "life";

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final SlotSpec spec;
  private final ProcessLauncher launcher;
  private final Membership membership;
  private final ActorRef<SlotStatus> watcher;
  private final Clock clock;
  private final RestartPolicy restartPolicy;
  private final HealthPolicy healthPolicy;

  private SlotActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SlotSpec spec,
      ProcessLauncher launcher,
      Membership membership,
      ActorRef<SlotStatus> watcher,
      Clock clock) {
    this.context = context;
    this.timers = timers;
    this.spec = spec;
    this.launcher = launcher;
    this.membership = membership;
    this.watcher = watcher;
    this.clock = clock;
    this.restartPolicy = new RestartPolicy(spec.restart());
    this.healthPolicy = new HealthPolicy(spec.health().heartbeatTimeout());
  }

  /**
   * A slot that waits for {@link Start}.
   *
   * @param lastGeneration of earlier launches, 0 if there were none
   * @param watcher is told each new state
   */
  public static Behavior<Command> create(
      SlotSpec spec,
      int lastGeneration,
      ProcessLauncher launcher,
      Membership membership,
      ActorRef<SlotStatus> watcher,
      Clock clock) {
    return setup(
        spec,
        launcher,
        membership,
        watcher,
        clock,
        slot -> slot.resting(SlotState.PENDING, Memory.of(lastGeneration)));
  }

  /** A slot whose process was launched by an earlier seed node. */
  public static Behavior<Command> adopt(
      SlotSpec spec,
      int generation,
      RunningProcess process,
      ProcessLauncher launcher,
      Membership membership,
      ActorRef<SlotStatus> watcher,
      Clock clock) {
    return setup(
        spec,
        launcher,
        membership,
        watcher,
        clock,
        slot -> {
          slot.context.getLog().info("[{}] adopted, pid {}", spec.slot(), process.pid());
          return slot.launched(
              new Launched(generation, process, slot.clock.instant(), null), Memory.of(generation));
        });
  }

  private interface First {
    Behavior<Command> of(SlotActor slot);
  }

  private static Behavior<Command> setup(
      SlotSpec spec,
      ProcessLauncher launcher,
      Membership membership,
      ActorRef<SlotStatus> watcher,
      Clock clock,
      First first) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    first.of(
                        new SlotActor(
                            context, timers, spec, launcher, membership, watcher, clock))));
  }

  private Behavior<Command> resting(SlotState state, Memory memory) {
    tell(state, memory, null);
    return handlers()
        .onMessage(Start.class, start -> launch(memory.afresh()))
        .onMessage(Restart.class, restart -> launch(memory.afresh()))
        .onMessage(
            Stop.class,
            stop ->
                state == SlotState.STOPPED ? Behaviors.same() : resting(SlotState.STOPPED, memory))
        .build();
  }

  private Behavior<Command> launch(Memory earlier) {
    Memory memory = earlier.nextGeneration();
    int generation = memory.generation();
    context.pipeToSelf(
        launcher.launch(spec.slot(), spec.service(), generation),
        (process, failure) ->
            failure == null
                ? new LaunchDone(generation, process)
                : new LaunchFailed(generation, String.valueOf(failure.getMessage())));
    tell(SlotState.LAUNCHING, memory, null);
    return spawning(memory, false);
  }

  private Behavior<Command> spawning(Memory memory, boolean stopWanted) {
    return handlers()
        .onMessage(
            LaunchDone.class,
            done -> done.generation() == memory.generation(),
            done -> {
              Launched launched =
                  new Launched(memory.generation(), done.process(), clock.instant(), null);
              context.getLog().info("[{}] launched, pid {}", spec.slot(), done.process().pid());
              Behavior<Command> next = launched(launched, memory);
              return stopWanted ? stop(launched, memory, Then.REST) : next;
            })
        .onMessage(
            LaunchFailed.class,
            failed -> failed.generation() == memory.generation(),
            failed -> {
              String reason = "could not be launched: " + failed.reason();
              Exit none = new Exit(null, List.of());
              return stopWanted
                  ? resting(SlotState.STOPPED, memory.ended(none, reason))
                  : decide(none, true, reason, Optional.empty(), memory);
            })
        .onMessage(
            Stop.class,
            stop -> {
              launcher.withdraw(spec.slot());
              return spawning(memory, true);
            })
        .onMessage(Start.class, start -> spawning(memory, false))
        .onMessage(Restart.class, restart -> spawning(memory, false))
        .build();
  }

  private Behavior<Command> launched(Launched launched, Memory memory) {
    context.pipeToSelf(
        launched.process().onExit(),
        (exit, failure) ->
            new Exited(launched.generation(), exit == null ? new Exit(null, List.of()) : exit));
    timers.startSingleTimer(TIMER, new StartTimeout(launched.generation()), spec.startTimeout());
    return starting(SlotState.LAUNCHING, launched, memory);
  }

  private Behavior<Command> starting(SlotState state, Launched launched, Memory memory) {
    tell(state, memory, launched);
    return alive(launched, memory)
        .onMessage(Sighted.class, sighted -> onSightedStarting(sighted, state, launched, memory))
        .onMessage(
            StartTimeout.class,
            timeout -> timeout.generation() == launched.generation(),
            timeout -> giveUpOn(launched, memory, late()))
        .build();
  }

  private Behavior<Command> onSightedStarting(
      Sighted sighted, SlotState state, Launched launched, Memory memory) {
    Sighting.Instance instance = sighted.instanceOf(launched);
    boolean memberUp = sighted.sighting().memberUp();
    if (memberUp) {
      launcher.joined(spec.slot());
    }
    if (memberUp && instance != null && instance.state() == InstanceState.READY) {
      return ready(launched, memory);
    }
    // It says what it waits for, and a process in its place would wait as well.
    if (memberUp && instance != null && instance.state() == InstanceState.UNHEALTHY) {
      return running(launched, memory, whyUnwell(instance));
    }
    if (memberUp && state == SlotState.LAUNCHING) {
      return starting(SlotState.JOINING, launched, memory);
    }
    return Behaviors.same();
  }

  private Behavior<Command> ready(Launched launched, Memory memory) {
    timers.cancel(TIMER);
    Launched now = launched.ready(clock.instant());
    context.getLog().info("[{}] running, ready after {} ms", spec.slot(), now.readyMillis());
    return running(now, memory, null);
  }

  private String late() {
    return LATE + spec.startTimeout().toSeconds() + " s";
  }

  /**
   * @param unwell what the instance says is wrong with it, if it does
   */
  private Behavior<Command> running(Launched launched, Memory memory, @Nullable String unwell) {
    if (unwell == null) {
      tell(SlotState.RUNNING, memory, launched);
    } else {
      tell(SlotState.UNHEALTHY, memory.because(unwell), launched);
    }
    return alive(launched, memory)
        .onMessage(Sighted.class, sighted -> onSightedRunning(sighted, unwell, launched, memory))
        .onMessage(
            StartTimeout.class,
            timeout -> timeout.generation() == launched.generation(),
            timeout -> {
              tell(SlotState.UNHEALTHY, memory.because(late() + ": " + unwell), launched);
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<Command> onSightedRunning(
      Sighted sighted, @Nullable String unwell, Launched launched, Memory memory) {
    Sighting.Instance instance = sighted.instanceOf(launched);
    if (instance == null) {
      return Behaviors.same();
    }
    return switch (healthPolicy.judge(instance)) {
      case HUNG ->
          giveUpOn(
              launched, memory, "no heartbeat for %d s".formatted(instance.silence().toSeconds()));
      case UNWELL -> {
        String reason = whyUnwell(instance);
        yield reason.equals(unwell) ? Behaviors.same() : running(launched, memory, reason);
      }
      case HEALTHY -> unwell == null ? Behaviors.same() : well(instance, launched, memory);
    };
  }

  private Behavior<Command> well(Sighting.Instance instance, Launched launched, Memory memory) {
    if (launched.readyAt() != null) {
      return running(launched, memory, null);
    }
    return instance.state() == InstanceState.READY ? ready(launched, memory) : Behaviors.same();
  }

  private static String whyUnwell(Sighting.Instance instance) {
    return Objects.requireNonNullElse(instance.reason(), "says it is unhealthy");
  }

  // It may still tell why it hangs; only then is it stopped.
  private Behavior<Command> giveUpOn(Launched launched, Memory memory, String reason) {
    context.getLog().warn("[{}] {}: dumping its threads, then relaunching", spec.slot(), reason);
    Memory because = memory.because(reason);
    tell(SlotState.UNHEALTHY, because, launched);
    context.pipeToSelf(
        launched.process().dumpThreads(),
        (whyNot, failure) ->
            new ThreadsDumped(
                launched.generation(),
                failure == null ? whyNot : Optional.of(String.valueOf(failure.getMessage()))));
    return alive(launched, because)
        .onMessage(
            ThreadsDumped.class,
            dumped -> dumped.generation() == launched.generation(),
            dumped ->
                stop(
                    launched,
                    dumped
                        .whyNot()
                        .map(whyNot -> because.because(reason + " (" + whyNot + ")"))
                        .orElse(because),
                    Then.DECIDE))
        .build();
  }

  private Behavior<Command> stop(Launched launched, Memory memory, Then then) {
    launched.process().terminate();
    Duration patience =
        then == Then.DECIDE
            ? spec.stop().grace()
            : spec.stop().drainTimeout().plus(spec.stop().grace());
    timers.startSingleTimer(TIMER, new GraceOver(launched.generation()), patience);
    tell(SlotState.STOPPING, memory, launched);
    return stopping(launched, memory, then);
  }

  private Behavior<Command> stopping(Launched launched, Memory memory, Then then) {
    return handlers()
        .onMessage(
            GraceOver.class,
            over -> over.generation() == launched.generation(),
            over -> {
              context.getLog().warn("[{}] did not end in time: KILL", spec.slot());
              launched.process().kill();
              return Behaviors.same();
            })
        .onMessage(
            Exited.class,
            exited -> exited.generation() == launched.generation(),
            exited -> onStopped(exited.exit(), launched, memory, then))
        .onMessage(Stop.class, stop -> stopping(launched, memory, Then.REST))
        .onMessage(Start.class, start -> stopping(launched, memory, Then.LAUNCH))
        .onMessage(Restart.class, restart -> stopping(launched, memory, Then.LAUNCH))
        .build();
  }

  private Behavior<Command> onStopped(Exit exit, Launched launched, Memory memory, Then then) {
    ended(exit, launched);
    return switch (then) {
      case REST -> resting(SlotState.STOPPED, memory.ended(exit, "stopped by order"));
      case LAUNCH -> launch(memory.ended(exit, "restarted by order").afresh());
      // It failed before it ended, however obediently it then did.
      case DECIDE ->
          decide(exit, true, "" + memory.reason(), launched.readyFor(clock.instant()), memory);
    };
  }

  private Behavior<Command> decide(
      Exit exit, boolean failed, String reason, Optional<Duration> readyFor, Memory memory) {
    Instant now = clock.instant();
    Memory ended = memory.ended(exit, reason);
    double random = ThreadLocalRandom.current().nextDouble();
    RestartPolicy.Decision decision =
        restartPolicy.next(failed, readyFor, memory.history(), now, random);
    if (decision instanceof RestartPolicy.Relaunch relaunch) {
      return relaunch(relaunch.delay(), ended.with(relaunch.history()));
    }
    if (decision instanceof RestartPolicy.GiveUp giveUp) {
      context.getLog().error("[{}] failed: {}; last: {}", spec.slot(), giveUp.why(), reason);
      return resting(SlotState.FAILED, ended.because(giveUp.why() + "; last: " + reason));
    }
    return resting(SlotState.STOPPED, ended);
  }

  private Behavior<Command> relaunch(Duration delay, Memory memory) {
    if (delay.isZero()) {
      return launch(memory);
    }
    context.getLog().info("[{}] relaunch in {} ms", spec.slot(), delay.toMillis());
    timers.startSingleTimer(TIMER, new BackoffOver(memory.generation()), delay);
    tell(SlotState.BACKING_OFF, memory, null);
    return handlers()
        .onMessage(
            BackoffOver.class,
            over -> over.generation() == memory.generation(),
            over -> launch(memory))
        .onMessage(Start.class, start -> launch(memory.afresh()))
        .onMessage(Restart.class, restart -> launch(memory.afresh()))
        .onMessage(
            Stop.class,
            stop -> {
              timers.cancel(TIMER);
              return resting(SlotState.STOPPED, memory);
            })
        .build();
  }

  private BehaviorBuilder<Command> alive(Launched launched, Memory memory) {
    return handlers()
        .onMessage(
            Exited.class,
            exited -> exited.generation() == launched.generation(),
            exited -> {
              ended(exited.exit(), launched);
              context
                  .getLog()
                  .warn(
                      "[{}] pid {} {}",
                      spec.slot(),
                      launched.process().pid(),
                      exited.exit().reason());
              return decide(
                  exited.exit(),
                  !exited.exit().isSuccess(),
                  exited.exit().reason(),
                  launched.readyFor(clock.instant()),
                  memory);
            })
        .onMessage(Stop.class, stop -> stop(launched, memory, Then.REST))
        .onMessage(Restart.class, restart -> stop(launched, memory, Then.LAUNCH));
  }

  private void ended(Exit exit, Launched launched) {
    timers.cancel(TIMER);
    membership.proveDead(launched.process().address());
    context.getLog().debug("[{}] ended: {}", spec.slot(), exit);
  }

  /** What no state handles is of an earlier generation or changes nothing. */
  private BehaviorBuilder<Command> handlers() {
    return BehaviorBuilder.create();
  }

  private void tell(SlotState state, Memory memory, @Nullable Launched launched) {
    watcher.tell(
        new SlotStatus(
            spec.slot(),
            spec.service(),
            state,
            memory.generation(),
            launched == null ? null : launched.process().pid(),
            launched == null ? null : launched.process().address(),
            clock.instant(),
            launched == null ? null : launched.readyMillis(),
            memory.history().size(),
            memory.exitCode(),
            memory.reason(),
            memory.log()));
  }
}
