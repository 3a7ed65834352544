package dev.troupe.seed.supervisor;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.events.ServiceEvents;
import dev.troupe.seed.slot.SlotActor;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;

/**
 * Carries out what an operator wants, or says why it cannot be done. Confined to the supervisor.
 */
final class Orders {
  static final SupervisorActor.OrderReply REFUSED_WHILE_STOPPING =
      new SupervisorActor.Refused("the cluster is being stopped; nothing is launched now");

  private final SlotFactory factory;
  private final Fleet fleet;
  private final Rollouts rollouts;
  private final ActorRef<EventJournal.Command> journal;
  private final Logger log;
  private final Map<String, Integer> scaled;

  Orders(
      SlotFactory factory,
      Fleet fleet,
      Rollouts rollouts,
      ActorRef<EventJournal.Command> journal,
      Logger log) {
    this.factory = factory;
    this.fleet = fleet;
    this.rollouts = rollouts;
    this.journal = journal;
    this.log = log;
    this.scaled = new HashMap<>(factory.scaled());
  }

  SupervisorActor.OrderReply carryOut(SupervisorActor.Order order) {
    if (order instanceof SupervisorActor.Restart restart) {
      return restart(restart.target());
    }
    if (order instanceof SupervisorActor.RestartRolling restart) {
      return restartRolling(restart.service());
    }
    SupervisorActor.Scale scale = (SupervisorActor.Scale) order;
    return scale(scale.service(), scale.instances());
  }

  /** How many slots a service was given, where it is not what the settings say. */
  Map<String, Integer> scaled() {
    return Map.copyOf(scaled);
  }

  private SupervisorActor.OrderReply restart(String target) {
    List<SlotStatus> targets = fleet.named(target);
    if (targets.isEmpty()) {
      return new SupervisorActor.UnknownTarget(fleet.names());
    }
    String service = targets.get(0).service();
    if (rollouts.isRolling(service)) {
      return busy(service);
    }
    targets.forEach(slot -> fleet.tell(slot.slot(), SlotActor.Restart.INSTANCE));
    return new SupervisorActor.Begun(targets.stream().map(SlotStatus::slot).toList());
  }

  private SupervisorActor.OrderReply restartRolling(String service) {
    boolean isGateway = service.equals(NodeNames.GATEWAY);
    if (!isGateway && !factory.services().contains(service)) {
      return new SupervisorActor.UnknownTarget(
          Stream.concat(Stream.of(NodeNames.GATEWAY), factory.services().stream()).toList());
    }
    if (rollouts.isRolling(service)) {
      return busy(service);
    }
    List<SlotStatus> targets = fleet.named(service);
    if (isGateway && targets.size() < 2) {
      return new SupervisorActor.Refused(
          "one gateway cannot be restarted rolling: set troupe.gateway.instances to 2 or more,"
              + " or restart it without --rolling");
    }
    Optional<SlotSpec> extra =
        isGateway ? Optional.empty() : Optional.of(factory.spec(service, targets.size() + 1));
    journal.tell(ServiceEvents.rolling(service, Instant.now()));
    rollouts.start(service, targets, extra);
    return new SupervisorActor.Begun(targets.stream().map(SlotStatus::slot).toList());
  }

  private SupervisorActor.OrderReply scale(String service, int instances) {
    if (!factory.services().contains(service)) {
      return new SupervisorActor.UnknownTarget(factory.services());
    }
    if (rollouts.isRolling(service)) {
      return busy(service);
    }
    if (instances < 1 || instances > ServiceSettings.MOST_INSTANCES) {
      return new SupervisorActor.Refused(
          "a service has 1 to %d instances, not %d"
              .formatted(ServiceSettings.MOST_INSTANCES, instances));
    }
    if (instances == factory.configuredInstances(service)) {
      scaled.remove(service);
    } else {
      scaled.put(service, instances);
    }
    log.info("[{}] scaled to {}", service, instances);
    journal.tell(ServiceEvents.scaled(service, instances, Instant.now()));
    List<SlotSpec> wanted =
        IntStream.rangeClosed(1, instances)
            .mapToObj(index -> factory.spec(service, index))
            .toList();
    List<String> names = wanted.stream().map(SlotSpec::slot).toList();
    wanted.forEach(fleet::add);
    fleet.named(service).stream()
        .map(SlotStatus::slot)
        .filter(slot -> !names.contains(slot))
        .forEach(fleet::retire);
    return new SupervisorActor.Begun(names);
  }

  private static SupervisorActor.OrderReply busy(String service) {
    return new SupervisorActor.Refused(
        "%s is being restarted rolling; try again when that is done (see status)"
            .formatted(service));
  }
}
