package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.slot.SlotActor;
import org.apache.pekko.actor.typed.ActorRef;

/** A slot's actor and what it said last. */
record SupervisedSlot(ActorRef<SlotActor.Command> actor, SlotStatus status) {
  SupervisedSlot with(SlotStatus newer) {
    return new SupervisedSlot(actor, newer);
  }
}
