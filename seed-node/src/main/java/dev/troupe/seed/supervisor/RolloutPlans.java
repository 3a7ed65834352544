package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.slot.LaunchPermits;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes the plans of rollouts for the slots as they are now. Confined to the supervisor's actor.
 */
final class RolloutPlans {
  private final SlotSpecs specs;
  private final Slots slots;
  private final SlotEnvironment environment;

  RolloutPlans(SlotSpecs specs, Slots slots, SlotEnvironment environment) {
    this.specs = specs;
    this.slots = slots;
    this.environment = environment;
  }

  /** Replaces the processes of {@code targets}, which are of one service, one after the other. */
  RollingRestart rolling(List<SlotStatus> targets, Optional<SlotSpec> extra) {
    return rolling(targets, extra, false);
  }

  private RollingRestart rolling(
      List<SlotStatus> targets, Optional<SlotSpec> extra, boolean byOrderOnly) {
    return new RollingRestart(
        targets,
        extra.map(SlotSpec::slot),
        extra.map(spec -> generationBefore(spec.slot())).orElse(0),
        byOrderOnly,
        stopAndStart(targets.get(0).service(), 1),
        environment.ticker().now());
  }

  // An extra slot that runs already serves as it is.
  private int generationBefore(String extra) {
    boolean runs = slots.named(extra).stream().anyMatch(slot -> slot.state() == SlotState.RUNNING);
    int last = slots.generations().getOrDefault(extra, 0);
    return runs ? last - 1 : last;
  }

  /** Replaces the processes of all {@code targets} by ones of another version. */
  VersionRollout deployment(
      OperatorCommands.Deploy deploy, List<SlotStatus> targets, SlotSpec extra) {
    return deploy.atOnce()
        ? new VersionRollout(
            deploy.service(),
            deploy.version(),
            environment.versions(),
            atOnce(targets),
            Optional.empty(),
            this::atOnce)
        : new VersionRollout(
            deploy.service(),
            deploy.version(),
            environment.versions(),
            rolling(targets, Optional.of(extra), true),
            Optional.of(extra.slot()),
            replaced -> rolling(replaced, Optional.of(extra), true));
  }

  private RestartAtOnce atOnce(List<SlotStatus> targets) {
    return new RestartAtOnce(
        targets,
        stopAndStart(targets.get(0).service(), targets.size()),
        environment.ticker().now());
  }

  Scaling scaling(String service, List<String> wanted) {
    return new Scaling(
        service, wanted, stopAndStart(service, wanted.size()), environment.ticker().now());
  }

  /** The longest time in which a slot of {@code service} stops and {@code others} become ready. */
  private Duration stopAndStart(String service, int others) {
    SlotSpec spec = specs.spec(service, 1);
    return spec.longestStop()
        .plus(LaunchPermits.LONGEST.multipliedBy(others))
        .plus(spec.startTimeout());
  }
}
