package dev.troupe.seed.events;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Finds in the heartbeats of all nodes which actions they have suspended, and tells the journal
 * each suspension once.
 */
public final class SuspendedActions {
  private record Suspension(String caller, String service, String action, List<String> slots) {}

  private Set<Suspension> known = Set.of();

  SuspendedActions() {}

  /** After a failure the actor starts with an empty memory and may report a suspension twice. */
  public static Behavior<RegistryView> create(
      ActorRef<RegistryActor.Command> registry, ActorRef<EventJournal.Command> journal) {
    Behavior<RegistryView> reporter =
        Behaviors.setup(
            context -> {
              registry.tell(new RegistryActor.Watch(context.getSelf()));
              SuspendedActions actions = new SuspendedActions();
              return Behaviors.receiveMessage(
                  view -> {
                    actions
                        .update(view, Instant.now())
                        .forEach(event -> journal.tell(new EventJournal.Happened(event)));
                    return Behaviors.same();
                  });
            });
    return Behaviors.supervise(reporter).onFailure(SupervisorStrategy.restart());
  }

  /**
   * One event for each slot whose process ended while it had a request of a newly suspended action.
   */
  List<Event> update(RegistryView view, Instant at) {
    Set<Suspension> now = suspensions(view);
    List<Event> events = new ArrayList<>();
    for (Suspension suspension : now) {
      if (!known.contains(suspension)) {
        events.addAll(events(suspension, at));
      }
    }
    known = now;
    return events;
  }

  private static Set<Suspension> suspensions(RegistryView view) {
    Set<Suspension> suspensions = new HashSet<>();
    for (InstanceView instance : view.instances()) {
      instance
          .heartbeat()
          .calls()
          .forEach(
              (service, report) ->
                  report
                      .suspendedActions()
                      .forEach(
                          suspended ->
                              suspensions.add(
                                  new Suspension(
                                      instance.slot(),
                                      service,
                                      suspended.action(),
                                      suspended.slots()))));
    }
    return suspensions;
  }

  private static List<Event> events(Suspension suspension, Instant at) {
    String reason =
        "%s suspended %s of %s: %s died with the same request in hand"
            .formatted(
                suspension.caller(),
                suspension.action(),
                suspension.service(),
                String.join(" and ", suspension.slots()));
    return suspension.slots().stream()
        .distinct()
        .map(slot -> Event.of(at, slot, EventKind.ACTION_SUSPENDED, 0, null).withReason(reason))
        .toList();
  }
}
