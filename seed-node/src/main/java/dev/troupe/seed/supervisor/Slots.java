package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.process.RunningProcess;
import dev.troupe.seed.slot.InstanceObservation;
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

/**
 * The slots of this home: the actor of each and what it reported last, the last generation of each
 * slot there ever was, and the addresses of ended processes. Confined to the supervisor's actor.
 */
final class Slots {
  private final ActorContext<?> context;
  private final SlotEnvironment environment;
  private final ActorRef<SlotSnapshot> watcher;
  private final Instant since;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Map<String, Integer> generations;
  private final Set<String> retiring = new HashSet<>();
  private final EndedProcesses ended;
  private int lastActor;

  private record Slot(ActorRef<SlotActor.Command> actor, SlotSnapshot snapshot) {}

  /**
   * @param watcher gets each new state of each slot
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
    this.ended = new EndedProcesses(recovered.ended());
    specs.forEach(spec -> create(spec, recovered.process(spec.slot())));
  }

  /** Creates the slot, or keeps the slot if it is retiring. */
  void add(SlotSpec spec) {
    if (!slots.containsKey(spec.slot())) {
      create(spec, Optional.empty());
    } else if (retiring.remove(spec.slot())) {
      tell(spec.slot(), LifecycleEvent.Order.START);
    }
  }

  /** Stops the slot, and removes it once its process has ended; only its generation is kept. */
  void retire(String slot) {
    if (slots.containsKey(slot) && retiring.add(slot)) {
      tell(slot, LifecycleEvent.Order.RETIRE);
    }
  }

  /** Stores what a slot reports. A process that the slot had before and has no longer has ended. */
  void update(SlotSnapshot snapshot) {
    String name = snapshot.slot();
    Slot before = slots.get(name);
    if (before == null) {
      return;
    }
    String address = before.snapshot().address();
    if (address != null && !address.equals(snapshot.address())) {
      ended.add(address);
    }
    slots.put(name, new Slot(before.actor(), snapshot));
    generations.put(name, snapshot.state().history().generation());
    if (snapshot.state() instanceof LifecycleState.Retired) {
      slots.remove(name);
      // An operator has added the slot again after its process had ended.
      if (!retiring.remove(name)) {
        create(snapshot.spec(), Optional.empty());
      }
    }
  }

  /** Tells each slot with a process what {@code view} shows of that process. */
  void observe(RegistryView view) {
    snapshots().forEach(slot -> observe(slot, view));
  }

  /**
   * Tells one slot what {@code view} shows of its process; nothing while this node is in no
   * cluster, since it would see nobody.
   */
  void observe(SlotSnapshot slot, RegistryView view) {
    String address = slot.address();
    if (address != null && InstanceObservation.isSelfIn(view)) {
      tell(slot.slot(), new LifecycleEvent.Observed(InstanceObservation.ofAddress(address, view)));
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

  /** The slot of this name, or all slots of the service of this name, without retiring slots. */
  List<SlotStatus> named(String slotOrService) {
    return statuses().stream()
        .filter(slot -> !retiring.contains(slot.slot()))
        .filter(slot -> slot.slot().equals(slotOrService) || slot.service().equals(slotOrService))
        .toList();
  }

  /** All names for which {@link #named} finds a slot. */
  List<String> names() {
    return statuses().stream()
        .filter(slot -> !retiring.contains(slot.slot()))
        .flatMap(slot -> Stream.of(slot.slot(), slot.service()))
        .distinct()
        .sorted()
        .toList();
  }

  /** The generation of the last launch of each slot there ever was; no slot uses one twice. */
  Map<String, Integer> generations() {
    return Map.copyOf(generations);
  }

  /** The addresses of the processes that the slots have now. */
  Set<String> addresses() {
    return snapshots().stream()
        .map(SlotSnapshot::address)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  EndedProcesses ended() {
    return ended;
  }

  private void create(SlotSpec spec, Optional<RunningProcess> found) {
    int generation = generations.getOrDefault(spec.slot(), 0);
    Behavior<SlotActor.Command> behavior =
        found
            .map(process -> SlotActor.adopt(spec, generation, process, environment, watcher))
            .orElseGet(() -> SlotActor.create(spec, generation, environment, watcher));
    // The actor of a retired slot keeps its name until it has stopped; a new one may come earlier.
    lastActor++;
    ActorRef<SlotActor.Command> actor = context.spawn(behavior, spec.slot() + "-" + lastActor);
    // The failure of a slot's actor must end the supervisor: SupervisorActor.onSlotFailed.
    context.watch(actor);
    LifecycleState notYetReported = new LifecycleState.Pending(LaunchHistory.of(generation));
    slots.put(spec.slot(), new Slot(actor, new SlotSnapshot(spec, notYetReported, since, since)));
  }
}
