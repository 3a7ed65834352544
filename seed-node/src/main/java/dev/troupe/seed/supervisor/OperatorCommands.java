package dev.troupe.seed.supervisor;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.events.SeedEvents;
import dev.troupe.seed.slot.LifecycleEvent;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.SlotSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;

/**
 * Executes the commands of operators, or says why a command cannot be executed. Confined to the
 * supervisor's actor.
 */
public final class OperatorCommands {
  /** What an operator can command. */
  public sealed interface Command {}

  /** Restarts one slot, or all slots of a service at once. */
  public record Restart(String target) implements Command {}

  /** Replaces all processes of a service so that it never has fewer ready than before. */
  public record RestartRolling(String service) implements Command {}

  /**
   * Gives a service this many slots. The number holds until the next ordered stop of all slots.
   *
   * @param instances 0 to {@value ServiceSettings#MOST_INSTANCES}
   */
  public record Scale(String service, int instances) implements Command {}

  /**
   * Replaces all processes of a service by ones of another version, which is there already.
   *
   * @param atOnce all at the same time, and not one after the other
   */
  public record Deploy(String service, String version, boolean atOnce) implements Command {}

  /** The answer to a command. */
  public sealed interface Reply {}

  /**
   * The execution has begun.
   *
   * @param slots that the command concerns
   * @param rollout the id of the rollout in the status; 0 if the command is no rollout
   */
  public record Begun(List<String> slots, long rollout) implements Reply {}

  /**
   * No slot and no service has the name in the command.
   *
   * @param known the names there are
   */
  public record UnknownTarget(List<String> known) implements Reply {}

  /**
   * The command cannot be executed now.
   *
   * @param why the reason, and what the operator can do instead
   */
  public record Refused(String why) implements Reply {}

  static final Reply REFUSED_WHILE_STOPPING =
      new Refused("the cluster is being stopped; nothing is launched now");

  private final SlotSpecs specs;
  private final Slots slots;
  private final Rollouts rollouts;
  private final RolloutPlans plans;
  private final SlotEnvironment environment;
  private final ActorRef<EventJournal.Command> journal;
  private final Logger log;
  private final Map<String, Integer> scaled;

  OperatorCommands(
      SlotSpecs specs,
      Slots slots,
      Rollouts rollouts,
      SlotEnvironment environment,
      ActorRef<EventJournal.Command> journal,
      Logger log) {
    this.specs = specs;
    this.slots = slots;
    this.rollouts = rollouts;
    this.plans = new RolloutPlans(specs, slots, environment);
    this.environment = environment;
    this.journal = journal;
    this.log = log;
    this.scaled = new HashMap<>(specs.scaled());
  }

  Reply execute(Command command) {
    if (command instanceof Restart restart) {
      return restart(restart.target());
    }
    if (command instanceof RestartRolling restart) {
      return restartRolling(restart.service());
    }
    if (command instanceof Deploy deploy) {
      return deploy(deploy);
    }
    Scale scale = (Scale) command;
    return scale(scale.service(), scale.instances());
  }

  /** The number of slots of each service that an operator has scaled. */
  Map<String, Integer> scaled() {
    return Map.copyOf(scaled);
  }

  private Reply restart(String target) {
    List<SlotStatus> targets = slots.named(target);
    if (targets.isEmpty()) {
      return specs.services().contains(target) ? stopped(target) : new UnknownTarget(slots.names());
    }
    String service = targets.get(0).service();
    Optional<Rollout.Kind> active = replacing(service);
    if (active.isPresent()) {
      return busy(service, active.get());
    }
    targets.forEach(slot -> slots.tell(slot.slot(), LifecycleEvent.Order.RESTART));
    return new Begun(names(targets), 0);
  }

  private Reply restartRolling(String service) {
    boolean isGateway = service.equals(NodeNames.GATEWAY);
    if (!isGateway && !specs.services().contains(service)) {
      return new UnknownTarget(
          Stream.concat(Stream.of(NodeNames.GATEWAY), specs.services().stream()).toList());
    }
    Optional<Rollout.Kind> active = rollouts.active(service);
    if (active.isPresent()) {
      return busy(service, active.get());
    }
    List<SlotStatus> targets = slots.named(service);
    if (targets.isEmpty()) {
      return stopped(service);
    }
    if (isGateway && targets.size() < 2) {
      return new Refused(
          "one gateway cannot be restarted rolling: set troupe.gateway.instances to 2 or more,"
              + " or restart it without --rolling");
    }
    Optional<SlotSpec> extra =
        isGateway ? Optional.empty() : Optional.of(specs.spec(service, targets.size() + 1));
    RollingRestart plan = plans.rolling(targets, extra);
    journal.tell(SeedEvents.rolling(service, environment.clock().instant()));
    log.info("[{}] rolling restart of {}", service, names(targets));
    long id = rollouts.start(service, Rollout.Kind.RESTART, plan, extra);
    return new Begun(names(targets), id);
  }

  private Reply deploy(Deploy deploy) {
    String service = deploy.service();
    if (!specs.services().contains(service)) {
      return new UnknownTarget(specs.services());
    }
    Optional<Rollout.Kind> active = rollouts.active(service);
    if (active.isPresent()) {
      return busy(service, active.get());
    }
    List<SlotStatus> targets = slots.named(service);
    if (targets.isEmpty()) {
      return stopped(service);
    }
    SlotSpec extra = specs.spec(service, targets.size() + 1);
    journal.tell(SeedEvents.deploying(service, deploy.version(), environment.clock().instant()));
    log.info("[{}] deploys version {} to {}", service, deploy.version(), names(targets));
    VersionRollout plan = plans.deployment(deploy, targets, extra);
    long id = rollouts.start(service, Rollout.Kind.DEPLOY, plan, Optional.of(extra));
    return new Begun(names(targets), id);
  }

  private Reply scale(String service, int instances) {
    if (!specs.services().contains(service)) {
      return new UnknownTarget(specs.services());
    }
    Optional<Rollout.Kind> active = replacing(service);
    if (active.isPresent()) {
      return busy(service, active.get());
    }
    if (instances < 0 || instances > ServiceSettings.MOST_INSTANCES) {
      return new Refused(
          "a service has 0 to %d instances, not %d"
              .formatted(ServiceSettings.MOST_INSTANCES, instances));
    }
    if (instances == specs.configuredInstances(service)) {
      scaled.remove(service);
    } else {
      scaled.put(service, instances);
    }
    log.info("[{}] scaled to {}", service, instances);
    journal.tell(SeedEvents.scaled(service, instances, environment.clock().instant()));
    List<SlotSpec> wanted =
        IntStream.rangeClosed(1, instances).mapToObj(index -> specs.spec(service, index)).toList();
    List<String> names = wanted.stream().map(SlotSpec::slot).toList();
    wanted.forEach(slots::add);
    slots.named(service).stream()
        .map(SlotStatus::slot)
        .filter(slot -> !names.contains(slot))
        .forEach(slots::retire);
    Scaling plan = plans.scaling(service, names);
    long id = rollouts.start(service, Rollout.Kind.SCALE, plan, Optional.empty());
    return new Begun(names, id);
  }

  private static List<String> names(List<SlotStatus> slots) {
    return slots.stream().map(SlotStatus::slot).toList();
  }

  /** What replaces the processes of the service now, so that nobody else may. */
  private Optional<Rollout.Kind> replacing(String service) {
    return rollouts.active(service).filter(kind -> kind != Rollout.Kind.SCALE);
  }

  private static Reply stopped(String service) {
    return new Refused(
        "%s is scaled to 0 and has no process; start it with: bin/troupe scale %1$s 1"
            .formatted(service));
  }

  private static Reply busy(String service, Rollout.Kind kind) {
    String what =
        switch (kind) {
          case RESTART -> "restarted rolling";
          case SCALE -> "scaled";
          case DEPLOY -> "deployed";
        };
    return new Refused(
        "%s is being %s; try again when that is done (see status)".formatted(service, what));
  }
}
