package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;

import dev.troupe.node.http.HttpListener;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/** What changes, as server-sent events. */
final class LiveRoute {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final ActorRef<LiveFeed.Command> feed;

  LiveRoute(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      ActorRef<EventJournal.Command> journal,
      Supplier<RegistryView> registry) {
    this.system = system;
    this.feed =
        system.systemActorOf(
            LiveFeed.create(supervisor, journal, registry), "live-feed", Props.empty());
  }

  List<ManagementRoute> all() {
    return List.of(ManagementRoute.get("/stream", Permission.READ, request -> stream()));
  }

  private CompletionStage<HttpResponse> stream() {
    CompletionStage<LiveFeed.Joined> joined =
        AskPattern.ask(feed, LiveFeed.Join::new, ASK_TIMEOUT, system.scheduler());
    return joined.thenApply(
        viewer ->
            viewer.events() == null
                ? error(
                    503, "%d pages are open already; close one".formatted(LiveFeed.MOST_VIEWERS))
                : HttpResponse.create()
                    .addAttribute(HttpListener.STREAM, true)
                    .withEntity(
                        HttpEntities.createChunked(
                            MediaTypes.TEXT_EVENT_STREAM.toContentType(), viewer.events())));
  }
}
