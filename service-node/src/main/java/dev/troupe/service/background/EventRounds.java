package dev.troupe.service.background;

import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.BackgroundSettings;
import dev.troupe.service.background.EventInbox.Due;
import dev.troupe.service.background.EventInbox.Failure;
import dev.troupe.service.background.EventInbox.Position;
import dev.troupe.service.background.EventLog.EventPage;
import dev.troupe.service.background.EventLog.ReadEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The steps by which events of one source get into the inbox and out of it. */
final class EventRounds {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  private final ServiceContext context;
  private final Storage storage;
  private final String source;
  private final List<String> events;
  private final int parallel;
  private final EventInbox inbox;

  /**
   * @param events the names of those that the service handles
   */
  EventRounds(
      ServiceContext context,
      Storage storage,
      BackgroundSettings settings,
      String source,
      List<String> events) {
    this.context = context;
    this.storage = storage;
    this.source = source;
    this.events = events;
    this.parallel = settings.parallel();
    this.inbox = new EventInbox(source, settings);
  }

  /**
   * What one step has found.
   *
   * @param due to be handled now
   * @param position in the log from now on
   * @param more whether the log may have more
   */
  record Round(List<Due> due, Position position, boolean more) {}

  /** See {@link EventInbox#takeOver}. */
  CompletionStage<Position> takeOver() {
    return storage.write(inbox::takeOver);
  }

  /** See {@link EventInbox#begin}. */
  CompletionStage<Position> begin(Position position) {
    return storage.write(sql -> inbox.begin(sql, position));
  }

  CompletionStage<Outcome<EventPage>> read(Position from) {
    return context
        .call(
            source,
            EventLog.READ,
            new ReadEvents(from.number(), events),
            CallContext.within(READ_TIMEOUT))
        .stage();
  }

  /**
   * Adds the events of a page, and takes those in hand that are due.
   *
   * @param inHand events that the service handles now, or whose result is not recorded yet
   */
  CompletionStage<Round> take(Position from, EventPage page, EventsInHand.Held inHand) {
    return storage.write(
        sql -> {
          Instant now = Instant.now();
          boolean moved = inbox.add(sql, from.number(), page, now);
          List<Due> due = inbox.due(sql, inHand.all(), parallel, now);
          inbox.holdInHand(sql, inHand.handledWith(due));
          // Another instance moves the position when this one has lost the lease for a while.
          return moved
              ? new Round(due, new Position(page.log(), page.last()), page.more())
              : new Round(due, inbox.position(sql), true);
        });
  }

  /** Takes those in hand that are due, without a write if there are none. */
  CompletionStage<Round> take(Position position, EventsInHand.Held inHand) {
    return storage
        .read(sql -> inbox.due(sql, inHand.all(), parallel, Instant.now()))
        .thenCompose(
            due ->
                due.isEmpty()
                    ? CompletableFuture.completedStage(due)
                    : storage.write(
                        sql -> {
                          inbox.holdInHand(sql, inHand.handledWith(due));
                          return due;
                        }))
        .thenApply(due -> new Round(due, position, false));
  }

  /**
   * Records what came of events.
   *
   * @return those that are dead now
   */
  CompletionStage<Set<Due>> record(EventsInHand.Results results, EventsInHand.Held inHand) {
    return storage.write(
        sql -> {
          inbox.handled(sql, results.handled().stream().map(Due::id).toList());
          Set<Due> dead = new HashSet<>();
          for (Failure failure : results.failed()) {
            if (inbox.failed(sql, failure, Instant.now())) {
              dead.add(failure.event());
            }
          }
          inbox.holdInHand(sql, inHand.handledWith(List.of()));
          return dead;
        });
  }
}
