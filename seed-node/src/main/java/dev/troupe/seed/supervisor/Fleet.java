package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.slot.SlotActor;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The slots there are, each with its actor and what it said last. Confined to the supervisor. */
final class Fleet {
  private final ActorContext<?> context;
  private final SlotFactory factory;
  private final Inheritance inheritance;
  private final ActorRef<SlotStatus> watcher;
  private final Instant since;
  private final Map<String, SupervisedSlot> slots = new LinkedHashMap<>();
  private final Map<String, Integer> generations;
  private final Set<String> retiring = new HashSet<>();
  private boolean inherits = true;

  /**
   * @param watcher is told each new state of each slot
   * @param since when the slots came into being
   */
  Fleet(
      ActorContext<?> context,
      SlotFactory factory,
      Inheritance inheritance,
      ActorRef<SlotStatus> watcher,
      Instant since) {
    this.context = context;
    this.factory = factory;
    this.inheritance = inheritance;
    this.watcher = watcher;
    this.since = since;
    this.generations = new HashMap<>(inheritance.generations());
    factory.specs().forEach(this::add);
    inherits = false;
  }

  /** Makes the slot, or keeps it if it is there and was to be retired. */
  void add(SlotSpec spec) {
    if (slots.containsKey(spec.slot())) {
      if (retiring.remove(spec.slot())) {
        tell(spec.slot(), SlotActor.Start.INSTANCE);
      }
      return;
    }
    // Only the first slots take over processes; a later one of the same name starts its own.
    Inheritance from = inherits ? inheritance : new Inheritance(Map.of(), generations, Set.of());
    ActorRef<SlotActor.Command> actor =
        context.spawn(factory.slot(spec, from, watcher), actorName(spec.slot()));
    slots.put(spec.slot(), new SupervisedSlot(actor, notYet(spec)));
  }

  /** Stops the slot; once it is stopped it is forgotten, but for its generation. */
  void retire(String slot) {
    SupervisedSlot known = slots.get(slot);
    if (known == null) {
      return;
    }
    retiring.add(slot);
    if (known.status().state() == SlotState.STOPPED) {
      remove(slot);
    } else {
      known.actor().tell(SlotActor.Stop.INSTANCE);
    }
  }

  /** Takes over what a slot says of itself. */
  void update(SlotStatus status) {
    if (slots.computeIfPresent(status.slot(), (name, slot) -> slot.with(status)) == null) {
      return;
    }
    generations.put(status.slot(), status.generation());
    if (status.state() == SlotState.STOPPED && retiring.contains(status.slot())) {
      remove(status.slot());
    }
  }

  void tell(String slot, SlotActor.Command command) {
    Objects.requireNonNull(slots.get(slot)).actor().tell(command);
  }

  List<SlotStatus> statuses() {
    return slots.values().stream().map(SupervisedSlot::status).toList();
  }

  Map<String, SlotStatus> byName() {
    return statuses().stream().collect(Collectors.toMap(SlotStatus::slot, Function.identity()));
  }

  /** The slot of this name, or all slots of the service of this name. */
  List<SlotStatus> named(String slotOrService) {
    return statuses().stream()
        .filter(slot -> slot.slot().equals(slotOrService) || slot.service().equals(slotOrService))
        .toList();
  }

  /** What {@link #named} finds something for. */
  List<String> names() {
    return statuses().stream()
        .flatMap(slot -> Stream.of(slot.slot(), slot.service()))
        .distinct()
        .sorted()
        .toList();
  }

  /** Of the last launch for each slot that ever was, so that none counts back. */
  Map<String, Integer> generations() {
    return Map.copyOf(generations);
  }

  private void remove(String slot) {
    retiring.remove(slot);
    SupervisedSlot removed = Objects.requireNonNull(slots.remove(slot));
    context.stop(removed.actor());
  }

  // A stopped actor keeps its name for a moment, in which its successor may already be made.
  private String actorName(String slot) {
    return inherits ? slot : slot + "-" + System.nanoTime();
  }

  private SlotStatus notYet(SlotSpec spec) {
    return new SlotStatus(
        spec.slot(),
        spec.service(),
        SlotState.STOPPED,
        generations.getOrDefault(spec.slot(), 0),
        null,
        null,
        since,
        null,
        0,
        null,
        null,
        List.of());
  }
}
