package dev.troupe.seed.supervisor;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.events.SeedEvents;
import dev.troupe.seed.slot.LaunchPermits;
import dev.troupe.seed.slot.LifecycleEvent;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Duration;
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
   * @param instances 1 to {@value ServiceSettings#MOST_INSTANCES}
   */
  public record Scale(String service, int instances) implements Command {}

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
      return new UnknownTarget(slots.names());
    }
    String service = targets.get(0).service();
    if (rollouts.active(service).equals(Optional.of(Rollout.Kind.RESTART))) {
      return busy(service, Rollout.Kind.RESTART);
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
    if (isGateway && targets.size() < 2) {
      return new Refused(
          "one gateway cannot be restarted rolling: set troupe.gateway.instances to 2 or more,"
              + " or restart it without --rolling");
    }
    Optional<SlotSpec> extra =
        isGateway ? Optional.empty() : Optional.of(specs.spec(service, targets.size() + 1));
    int extraGeneration =
        extra.map(spec -> slots.generations().getOrDefault(spec.slot(), 0)).orElse(0);
    RollingRestart plan =
        new RollingRestart(
            targets,
            extra.map(SlotSpec::slot),
            extraGeneration,
            stopAndStart(service, 1),
            environment.ticker().now());
    journal.tell(SeedEvents.rolling(service, environment.clock().instant()));
    log.info("[{}] rolling restart of {}", service, names(targets));
    long id = rollouts.start(service, Rollout.Kind.RESTART, plan, extra);
    return new Begun(names(targets), id);
  }

  private Reply scale(String service, int instances) {
    if (!specs.services().contains(service)) {
      return new UnknownTarget(specs.services());
    }
    if (rollouts.active(service).equals(Optional.of(Rollout.Kind.RESTART))) {
      return busy(service, Rollout.Kind.RESTART);
    }
    if (instances < 1 || instances > ServiceSettings.MOST_INSTANCES) {
      return new Refused(
          "a service has 1 to %d instances, not %d"
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
    Scaling plan =
        new Scaling(service, names, stopAndStart(service, instances), environment.ticker().now());
    long id = rollouts.start(service, Rollout.Kind.SCALE, plan, Optional.empty());
    return new Begun(names, id);
  }

  /** The longest time in which a slot of {@code service} stops and {@code others} become ready. */
  private Duration stopAndStart(String service, int others) {
    SlotSpec spec = specs.spec(service, 1);
    return spec.longestStop()
        .plus(LaunchPermits.LONGEST.multipliedBy(others))
        .plus(spec.startTimeout());
  }

  private static List<String> names(List<SlotStatus> slots) {
    return slots.stream().map(SlotStatus::slot).toList();
  }

  private static Reply busy(String service, Rollout.Kind kind) {
    return new Refused(
        "%s is being %s; try again when that is done (see status)"
            .formatted(service, kind == Rollout.Kind.RESTART ? "restarted rolling" : "scaled"));
  }
}
