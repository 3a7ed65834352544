package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.slot.SlotSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Owns the journal of what happened to the slots. Runs on a blocking dispatcher. An event that the
 * disk refuses is lost; supervision goes on.
 */
public final class EventJournal extends AbstractBehavior<EventJournal.Command> {
  /** What the journal can be told. */
  public sealed interface Command {}

  /** A slot reported its state, whether it changed or not. */
  public record SlotChanged(SlotSnapshot snapshot) implements Command {}

  /**
   * The cluster was told that a process is dead whose end no slot saw.
   *
   * @param slot of the process; null if nobody knows
   * @param generation of the process; 0 if nobody knows
   */
  public record ConfirmedDead(
      String address, @Nullable String slot, int generation, @Nullable Long pid, Instant at)
      implements Command {}

  /** At {@code at} this seed node found that a process of an earlier seed node is gone. */
  public record FoundDead(SavedSlot slot, Instant at) implements Command {}

  /** Sends {@code watcher} each event from now on, whether or not the disk takes it. */
  public record Watch(ActorRef<Event> watcher) implements Command {}

  /** An event that no state of a slot tells. */
  public record Happened(Event event) implements Command {}

  private static final int MOST_WAITING = 10_000;

  // A death that is forgotten is at worst reported twice.
  private static final int MOST_DEATHS_REMEMBERED = 1000;

  private final EventFile file;
  private final Memory memory;
  private boolean refused;

  /**
   * What the journal knows; it outlives a restart of the actor.
   *
   * @param last what each slot reported last
   * @param down the addresses that a {@code down} event names, so that each death has one
   */
  private record Memory(
      Map<String, SlotSnapshot> last, Set<String> down, List<ActorRef<Event>> watchers) {}

  private EventJournal(ActorContext<Command> context, EventFile file, Memory memory) {
    super(context);
    this.file = file;
    this.memory = memory;
  }

  /** A failure of the actor loses one event; the restarted actor keeps what the journal knows. */
  public static Behavior<Command> create(EventFile file) {
    Memory memory = new Memory(new HashMap<>(), new HashSet<>(), new ArrayList<>());
    Behavior<Command> journal = Behaviors.setup(context -> new EventJournal(context, file, memory));
    return Behaviors.supervise(journal)
        .onFailure(SupervisorStrategy.restart().withLimit(10, Duration.ofMinutes(1)));
  }

  /**
   * A blocking dispatcher, and a bounded mailbox: while the disk hangs, events beyond the bound are
   * lost and supervision goes on.
   */
  public static Props props() {
    return MailboxSelector.bounded(MOST_WAITING)
        .withDispatcherFromConfig("pekko.actor.default-blocking-io-dispatcher");
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(SlotChanged.class, this::onSlotChanged)
        .onMessage(ConfirmedDead.class, this::onConfirmedDead)
        .onMessage(FoundDead.class, this::onFoundDead)
        .onMessage(Happened.class, this::onHappened)
        .onMessage(Watch.class, this::onWatch)
        .build();
  }

  private Behavior<Command> onSlotChanged(SlotChanged changed) {
    SlotSnapshot now = changed.snapshot();
    SlotSnapshot before = memory.last().put(now.slot(), now);
    if (now.address() != null) {
      // A new process may have the address of a dead one.
      memory.down().remove(now.address());
    }
    for (Event event : SlotEvents.between(before, now)) {
      write(event);
      // A slot tells the cluster at once that its process has ended.
      if (event.kind() == EventKind.EXITED && before != null && before.address() != null) {
        writeDown(before.address(), event.slot(), event.generation(), event.pid(), event.at());
      }
    }
    return this;
  }

  private Behavior<Command> onConfirmedDead(ConfirmedDead dead) {
    writeDown(dead.address(), dead.slot(), dead.generation(), dead.pid(), dead.at());
    return this;
  }

  private Behavior<Command> onFoundDead(FoundDead found) {
    SavedSlot slot = found.slot();
    write(
        Event.of(found.at(), slot.slot(), EventKind.EXITED, slot.generation(), slot.pid())
            .withReason("while no seed node was there to see it"));
    return this;
  }

  private Behavior<Command> onHappened(Happened happened) {
    write(happened.event());
    return this;
  }

  private Behavior<Command> onWatch(Watch watch) {
    // An actor that was restarted asks again.
    if (!memory.watchers().contains(watch.watcher())) {
      memory.watchers().add(watch.watcher());
    }
    return this;
  }

  private void writeDown(
      String address, @Nullable String slot, int generation, @Nullable Long pid, Instant at) {
    if (memory.down().size() >= MOST_DEATHS_REMEMBERED) {
      memory.down().clear();
    }
    if (memory.down().add(address)) {
      write(Event.of(at, slot, EventKind.DOWN, generation, pid).withAddress(address));
    }
  }

  private void write(Event event) {
    memory.watchers().forEach(watcher -> watcher.tell(event));
    try {
      file.append(event);
      refused = false;
    } catch (IOException e) {
      if (!refused) {
        getContext()
            .getLog()
            .warn("events are lost, since the journal cannot be written: {}", e.toString());
      }
      refused = true;
    }
  }
}
