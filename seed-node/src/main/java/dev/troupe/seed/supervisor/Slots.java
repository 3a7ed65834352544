package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.process.RunningProcess;
import dev.troupe.seed.slot.LaunchHistory;
import dev.troupe.seed.slot.LifecycleEvent;
import dev.troupe.seed.slot.LifecycleState;
import dev.troupe.seed.slot.SlotActor;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.SlotSnapshot;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The slots there are, each with its actor and what it said last. Confined to the supervisor. */
final class Slots {
  private final ActorContext<?> context;
  private final SlotEnvironment environment;
  private final ActorRef<SlotSnapshot> watcher;
  private final Instant since;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Map<String, Integer> generations;
  private final Set<String> retiring = new HashSet<>();
  private int lastActor;

  private record Slot(ActorRef<SlotActor.Command> actor, SlotSnapshot snapshot) {}

  /**
   * @param watcher is told each new state of each slot
   * @param since when the slots came into being
   */
  Slots(
      ActorContext<?> context,
      List<SlotSpec> specs,
      SlotEnvironment environment,
      RecoveredState recovered,
      ActorRef<SlotSnapshot> watcher,
      Instant since) {
    this.context = context;
    this.environment = environment;
    this.watcher = watcher;
    this.since = since;
    this.generations = new HashMap<>(recovered.generations());
    specs.forEach(spec -> create(spec, recovered.process(spec.slot())));
  }

  /** Makes the slot, or keeps it if it is there and was to be retired. */
  void add(SlotSpec spec) {
    if (!slots.containsKey(spec.slot())) {
      create(spec, Optional.empty());
    } else if (retiring.remove(spec.slot())) {
      tell(spec.slot(), LifecycleEvent.Order.START);
    }
  }

  /** Stops the slot; once its process is gone it is forgotten, but for its generation. */
  void retire(String slot) {
    if (slots.containsKey(slot) && retiring.add(slot)) {
      tell(slot, LifecycleEvent.Order.RETIRE);
    }
  }

  /** The address of the process that the slot had when it last said something, if it had one. */
  Optional<String> address(String slot) {
    return Optional.ofNullable(slots.get(slot)).map(known -> known.snapshot().address());
  }

  /** Takes over what a slot says of itself. */
  void update(SlotSnapshot snapshot) {
    String name = snapshot.slot();
    if (slots.computeIfPresent(name, (key, slot) -> new Slot(slot.actor(), snapshot)) == null) {
      return;
    }
    generations.put(name, snapshot.state().history().generation());
    if (snapshot.state() instanceof LifecycleState.Retired) {
      slots.remove(name);
      // It was wanted again when it had already ended.
      if (!retiring.remove(name)) {
        create(snapshot.spec(), Optional.empty());
      }
    }
  }

  void tell(String slot, LifecycleEvent event) {
    Objects.requireNonNull(slots.get(slot)).actor().tell(event);
  }

  List<SlotSnapshot> snapshots() {
    return slots.values().stream().map(Slot::snapshot).toList();
  }

  List<SlotStatus> statuses() {
    return snapshots().stream().map(SlotSnapshot::status).toList();
  }

  Map<String, SlotStatus> byName() {
    return statuses().stream().collect(Collectors.toMap(SlotStatus::slot, Function.identity()));
  }

  /** The slot of this name, or all slots of the service of this name; none that is retiring. */
  List<SlotStatus> named(String slotOrService) {
    return statuses().stream()
        .filter(slot -> !retiring.contains(slot.slot()))
        .filter(slot -> slot.slot().equals(slotOrService) || slot.service().equals(slotOrService))
        .toList();
  }

  /** What {@link #named} finds something for. */
  List<String> names() {
    return statuses().stream()
        .filter(slot -> !retiring.contains(slot.slot()))
        .flatMap(slot -> Stream.of(slot.slot(), slot.service()))
        .distinct()
        .sorted()
        .toList();
  }

  /** Of the last launch for each slot that ever was, so that none counts back. */
  Map<String, Integer> generations() {
    return Map.copyOf(generations);
  }

  private void create(SlotSpec spec, Optional<RunningProcess> found) {
    int generation = generations.getOrDefault(spec.slot(), 0);
    Behavior<SlotActor.Command> behavior =
        found
            .map(process -> SlotActor.adopt(spec, generation, process, environment, watcher))
            .orElseGet(() -> SlotActor.create(spec, generation, environment, watcher));
    // A stopped actor keeps its name for a moment, in which its successor may already be made.
    lastActor++;
    ActorRef<SlotActor.Command> actor = context.spawn(behavior, spec.slot() + "-" + lastActor);
    // An actor that fails ends its watcher, the supervisor: see there.
    context.watch(actor);
    LifecycleState notYetSaid = new LifecycleState.Pending(LaunchHistory.of(generation));
    slots.put(spec.slot(), new Slot(actor, new SlotSnapshot(spec, notYetSaid, since, since)));
  }
}
