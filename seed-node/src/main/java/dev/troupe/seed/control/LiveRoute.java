package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.Event;
import dev.troupe.seed.events.EventHistory;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The stream that a page of the dashboard keeps open. A page that connects again names the last
 * event that it has got, and gets those after it. One that came at that moment may come twice, with
 * the same id.
 */
final class LiveRoute {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);
  // A page that missed more than these asks for /events.
  private static final int MOST_MISSED = 1000;

  private final ActorSystem<?> system;
  private final ActorRef<LiveFeed.Command> feed;
  private final EventHistory history;
  private final Executor blocking;

  /**
   * @param blocking for reading files
   */
  LiveRoute(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      ActorRef<EventJournal.Command> journal,
      Supplier<RegistryView> registry,
      EventHistory history,
      Executor blocking) {
    this.system = system;
    this.feed =
        system.systemActorOf(
            LiveFeed.create(supervisor, journal, registry), "live-feed", Props.empty());
    this.history = history;
    this.blocking = blocking;
  }

  List<ManagementRoute> all() {
    return List.of(ManagementRoute.get("/stream", Permission.READ, this::stream));
  }

  private CompletionStage<HttpResponse> stream(ManagementRequest request) {
    Optional<JournalPosition> last =
        request.header("Last-Event-ID").flatMap(JournalPosition::parse);
    if (request.http().method().name().equals("HEAD")) {
      return ManagementReplies.now(ServerSentMessages.response(Source.empty()));
    }
    CompletionStage<LiveFeed.Joined> joined =
        AskPattern.ask(feed, LiveFeed.Join::new, ASK_TIMEOUT, system.scheduler());
    return joined.thenApplyAsync(
        viewer ->
            viewer.events() == null
                ? error(
                    503, "%d pages are open already; close one".formatted(LiveFeed.MOST_VIEWERS))
                : ServerSentMessages.response(
                    Source.single(last.map(this::missed).orElse(ServerSentMessages.ALIVE))
                        .concat(viewer.events())),
        blocking);
  }

  private ByteString missed(JournalPosition last) {
    try {
      List<Event> events = history.last(event -> !event.at().isBefore(last.at()), MOST_MISSED);
      ByteString messages = ServerSentMessages.ALIVE;
      for (JournalPosition.Positioned missed : last.after(events)) {
        messages =
            messages.concat(
                ServerSentMessages.of(missed.position().text(), "event", missed.event()));
      }
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
