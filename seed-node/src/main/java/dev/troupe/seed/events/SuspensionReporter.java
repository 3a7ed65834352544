package dev.troupe.seed.events;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Owns what the journal is told of actions that nodes have suspended: each suspension once. */
public final class SuspensionReporter {
  private SuspensionReporter() {}

  public static Behavior<RegistryView> create(
      ActorRef<RegistryActor.Command> registry, ActorRef<EventJournal.Command> journal) {
    return Behaviors.setup(
        context -> {
          registry.tell(new RegistryActor.Watch(context.getSelf()));
          SuspendedActions actions = new SuspendedActions();
          return Behaviors.receive(RegistryView.class)
              .onMessage(
                  RegistryView.class,
                  view -> {
                    actions
                        .update(view, Instant.now())
                        .forEach(event -> journal.tell(new EventJournal.Happened(event)));
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
