package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.seed.history.HistoryActor;
import dev.troupe.seed.history.HistoryRange;
import dev.troupe.seed.history.HistorySeries;
import dev.troupe.seed.history.LatestLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What slots, services and the whole cluster did in the last minutes or the last day. */
final class HistoryRoutes {
  private static final String OFF =
      "no history is kept, since troupe.metrics.enabled is false or troupe.metrics.history-slots is"
          + " 0";
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final @Nullable ActorRef<HistoryActor.Command> history;

  /**
   * @param history null if none is kept
   */
  HistoryRoutes(ActorSystem<?> system, @Nullable ActorRef<HistoryActor.Command> history) {
    this.system = system;
    this.history = history;
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/history", Permission.READ, this::series),
        ManagementRoute.get("/history/latest", Permission.READ, request -> latest()));
  }

  private CompletionStage<HttpResponse> series(ManagementRequest request) {
    String name = request.query("range").orElse(HistoryRange.MINUTES.label());
    HistoryRange range =
        HistoryRange.of(name).orElseThrow(() -> ManagementRequest.bad("range", name, "15m or 24h"));
    String slot = request.query("slot").orElse(null);
    String service = request.query("service").orElse(null);
    if (slot != null && service != null) {
      throw ManagementRequest.bad("service", service, "a slot or a service, not both");
    }
    return ask(
        (ActorRef<Optional<HistorySeries>> replyTo) ->
            new HistoryActor.GetSeries(slot, service, range, replyTo),
        found ->
            found
                .map(series -> json(200, series))
                .orElseGet(
                    () ->
                        error(
                            404,
                            "there is no history of '%s'; a process tells its first figures after 5 s"
                                .formatted(
                                    ManagementRequest.shown(slot != null ? slot : service)))));
  }

  private CompletionStage<HttpResponse> latest() {
    return ask(
        (ActorRef<LatestLoad> replyTo) -> new HistoryActor.GetLatest(replyTo),
        latest -> json(200, latest));
  }

  /**
   * The load of all slots in a time, as the lines of a CSV file. Blocks for some seconds at most.
   */
  List<String> table(Instant from, Instant until) {
    if (history == null) {
      return List.of(OFF);
    }
    CompletionStage<List<String>> asked =
        AskPattern.ask(
            history,
            replyTo -> new HistoryActor.GetTable(from, until, replyTo),
            ASK_TIMEOUT,
            system.scheduler());
    try {
      return asked.toCompletableFuture().join();
    } catch (CompletionException e) {
      return List.of("the history did not answer: " + e.getCause());
    }
  }

  private <T> CompletionStage<HttpResponse> ask(
      Function<ActorRef<T>, HistoryActor.Command> question, Function<T, HttpResponse> answer) {
    if (history == null) {
      return now(error(404, OFF));
    }
    CompletionStage<T> asked =
        AskPattern.ask(history, question::apply, ASK_TIMEOUT, system.scheduler());
    return asked.thenApply(answer);
  }
}
