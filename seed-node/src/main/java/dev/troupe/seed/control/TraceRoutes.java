package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.protocol.control.TraceList;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.TraceId;
import dev.troupe.seed.traces.TraceFilter;
import dev.troupe.seed.traces.TracesActor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The traces that the seed node keeps. */
final class TraceRoutes {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST_TRACES = 500;
  private static final int LONGEST = 24 * 3600 * 1000;

  private final ActorSystem<?> system;
  private final ActorRef<TracesActor.Command> traces;
  private final boolean enabled;

  /**
   * @param enabled whether the nodes take spans down
   */
  TraceRoutes(ActorSystem<?> system, ActorRef<TracesActor.Command> traces, boolean enabled) {
    this.system = system;
    this.traces = traces;
    this.enabled = enabled;
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/traces", Permission.READ, this::list),
        ManagementRoute.get("/traces/{id}", Permission.READ, this::one));
  }

  private CompletionStage<HttpResponse> list(ManagementRequest request) {
    int status = request.number("status", 0, 100, 599);
    TraceFilter filter =
        new TraceFilter(
            request.query("route").orElse(null),
            status == 0 ? null : status,
            request.number("min-ms", 0, 0, LONGEST),
            request.query("request-id").orElse(null),
            request.query("reason").map(TraceRoutes::reason).orElse(null));
    int limit = request.number("limit", DEFAULT_LIMIT, 1, MOST_TRACES);
    if (!enabled) {
      return now(off());
    }
    CompletionStage<TraceList> found =
        AskPattern.ask(
            traces,
            replyTo -> new TracesActor.ListTraces(filter, limit, replyTo),
            ASK_TIMEOUT,
            system.scheduler());
    return found.thenApply(list -> json(200, list));
  }

  private static KeepReason reason(String text) {
    return KeepReason.labelled(text)
        .orElseThrow(
            () ->
                ManagementRequest.bad(
                    "reason",
                    text,
                    Arrays.stream(KeepReason.values())
                        .map(KeepReason::label)
                        .collect(Collectors.joining(", ", "one of ", ""))));
  }

  private CompletionStage<HttpResponse> one(ManagementRequest request) {
    String text = request.variable("id");
    Optional<TraceId> id = TraceId.parse(text);
    if (id.isEmpty()) {
      return now(
          error(
              400,
              "'%s' is no id of a trace (expected: 32 of [0-9a-f], not only zeros)"
                  .formatted(ManagementRequest.shown(text))));
    }
    if (!enabled) {
      return now(off());
    }
    CompletionStage<Optional<TraceReport>> found =
        AskPattern.ask(
            traces,
            replyTo -> new TracesActor.GetTrace(id.get(), replyTo),
            ASK_TIMEOUT,
            system.scheduler());
    return found.thenApply(trace -> response(text, trace.orElse(null)));
  }

  private static HttpResponse response(String id, @Nullable TraceReport trace) {
    return trace == null
        ? error(
            404,
            ("the trace %s is not kept. Kept are those of requests that failed, were slow, moved or"
                    + " waited, one in troupe.traces.keep-one-in, and those with the flag 01 in"
                    + " traceparent; up to troupe.traces.kept, for troupe.traces.keep-for")
                .formatted(id))
        : json(200, trace);
  }

  private static HttpResponse off() {
    return error(404, "no traces are kept, since troupe.traces.enabled is false");
  }
}
