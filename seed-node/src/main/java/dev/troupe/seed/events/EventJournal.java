package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.seed.adoption.SavedSlot;
import dev.troupe.seed.slot.SlotSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
 * Owns the journal of what happened to the slots. Runs on a blocking dispatcher. A disk that
 * refuses an event costs that event and nothing else.
 */
public final class EventJournal extends AbstractBehavior<EventJournal.Command> {
  /** What the journal can be told. */
  public sealed interface Command {}

  /** A slot said something of itself, new or not. */
  public record SlotChanged(SlotSnapshot snapshot) implements Command {}

  /** The cluster was told that the node at {@code address} is down. */
  public record ConfirmedDead(String address, Instant at) implements Command {}

  /** Whose process was at {@code address}, which no slot here watches. */
  public record Belonged(String address, String slot, int generation, @Nullable Long pid)
      implements Command {}

  /** A process an earlier seed node left was gone when this one looked, at {@code at}. */
  public record FoundDead(SavedSlot slot, Instant at) implements Command {}

  /** Something no state of a slot tells. */
  public record Happened(Event event) implements Command {}

  private static final int MOST_WAITING = 10_000;

  private final EventFile file;
  private final Memory memory;
  private boolean refused;

  /** What the journal knows of the slots; it outlives a restart of the actor. */
  private record Memory(DownEventDeduplicator downEvents, Map<String, SlotSnapshot> last) {}

  private EventJournal(ActorContext<Command> context, EventFile file, Memory memory) {
    super(context);
    this.file = file;
    this.memory = memory;
  }

  /** A journal that goes on with what it knows after a failure, which costs one event. */
  public static Behavior<Command> create(EventFile file) {
    Memory memory = new Memory(new DownEventDeduplicator(), new HashMap<>());
    Behavior<Command> journal = Behaviors.setup(context -> new EventJournal(context, file, memory));
    return Behaviors.supervise(journal)
        .onFailure(SupervisorStrategy.restart().withLimit(10, Duration.ofMinutes(1)));
  }

  /**
   * The dispatcher, since files block, and the bound of what waits for a disk that hangs: beyond it
   * events are lost, and supervision goes on.
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
        .onMessage(Belonged.class, this::onBelonged)
        .onMessage(FoundDead.class, this::onFoundDead)
        .onMessage(Happened.class, this::onHappened)
        .build();
  }

  private Behavior<Command> onSlotChanged(SlotChanged changed) {
    SlotSnapshot now = changed.snapshot();
    SlotSnapshot before = memory.last().put(now.slot(), now);
    if (now.address() != null) {
      memory.downEvents().lives(now.address());
    }
    for (Event event : SlotEvents.between(before, now)) {
      write(event);
      if (event.kind() == EventKind.EXITED && before != null && before.address() != null) {
        memory.downEvents().dies(before.address(), event).ifPresent(this::write);
      }
    }
    return this;
  }

  private Behavior<Command> onConfirmedDead(ConfirmedDead proven) {
    memory.downEvents().told(proven.address(), proven.at()).ifPresent(this::write);
    return this;
  }

  private Behavior<Command> onBelonged(Belonged known) {
    memory.downEvents().belongs(known.address(), known.slot(), known.generation(), known.pid());
    return this;
  }

  private Behavior<Command> onFoundDead(FoundDead found) {
    SavedSlot slot = found.slot();
    Event exited =
        Event.of(found.at(), slot.slot(), EventKind.EXITED, slot.generation(), slot.pid())
            .withReason("while no seed node was there to see it");
    write(exited);
    memory.downEvents().dies(slot.address(), exited).ifPresent(this::write);
    return this;
  }

  private Behavior<Command> onHappened(Happened happened) {
    write(happened.event());
    return this;
  }

  private void write(Event event) {
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
