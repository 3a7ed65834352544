package dev.troupe.service.host;

import dev.troupe.node.stream.ChunkSender;
import dev.troupe.node.stream.StreamException;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.EventStream;
import dev.troupe.protocol.service.StreamedReply;
import dev.troupe.protocol.settings.StreamSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams that an instance sends, from their source to their end. Used by one actor. */
final class OutgoingStreams {
  private static final Logger log = LoggerFactory.getLogger(OutgoingStreams.class);

  /**
   * The first chunk of a stream is there, or the stream has failed before.
   *
   * @param body null when it has failed
   */
  record Begun(StreamedReply reply, @Nullable BodyStream body) {}

  /** A stream is over. */
  record Ended(long id) {}

  private record Open(UniqueKillSwitch kill, boolean endless) {}

  private final String slot;
  private final StreamSettings settings;
  private final StreamSources sources;
  private final ActorSystem<?> system;
  private final Consumer<Object> self;
  private final Map<Long, Open> open = new HashMap<>();
  private boolean draining;

  /**
   * @param self takes {@link Begun} and {@link Ended} from any thread
   */
  OutgoingStreams(
      String slot,
      StreamSettings settings,
      Executor blocking,
      ActorSystem<?> system,
      Consumer<Object> self) {
    this.slot = slot;
    this.settings = settings;
    this.sources = new StreamSources(settings.heartbeat(), blocking);
    this.system = system;
    this.self = self;
  }

  /**
   * Opens the source of a reply. {@link Begun} follows, and {@link Ended} when it is over. The
   * request stays in flight, and its deadline holds, until the first chunk is there.
   *
   * @return the reply in its place, if it has no room
   */
  Optional<ServiceReply> begin(StreamedReply reply, InFlightRequests inFlight) {
    if (!inFlight.isTaken(reply.head().correlationId())) {
      return Optional.empty();
    }
    if (open.size() >= settings.max()) {
      return Optional.of(
          error(
              reply.head(),
              ReplyStatus.UNAVAILABLE,
              "%s has %d streams open (troupe.streams.max); try again later"
                  .formatted(slot, settings.max())));
    }
    begin(reply);
    return Optional.empty();
  }

  /** The reply to the request of a stream, if somebody still waits for it. */
  Optional<ServiceReply> reply(Begun begun, InFlightRequests inFlight) {
    ServiceReply head = begun.reply().head();
    long id = head.correlationId();
    if (!inFlight.isTaken(id)) {
      Open stream = open.get(id);
      if (stream != null) {
        stream.kill().abort(new StreamException("nobody waits for the stream any more"));
      }
      return Optional.empty();
    }
    return Optional.of(
        begun.body() != null
            ? head.withStream(begun.body())
            : error(
                head,
                ReplyStatus.FAILED,
                "the stream failed in %s; its log has the cause under request id %s"
                    .formatted(slot, head.requestId())));
  }

  private static ServiceReply error(ServiceReply head, ReplyStatus status, String message) {
    return new ServiceReply(
        head.correlationId(), head.requestId(), status, JsonBytes.EMPTY, message);
  }

  private void begin(StreamedReply reply) {
    long id = reply.head().correlationId();
    boolean endless = reply.body() instanceof EventStream;
    Pair<Pair<UniqueKillSwitch, CompletionStage<Done>>, CompletionStage<ActorRef<ChunkRequest>>>
        running =
            sources
                .of(reply.body())
                .viaMat(KillSwitches.single(), Keep.right())
                .watchTermination(Pair::create)
                .toMat(Sink.fromGraph(new ChunkSender(settings.chunkTimeout())), Keep.both())
                .run(SystemMaterializer.get(system).materializer());
    open.put(id, new Open(running.first().first(), endless));
    running
        .second()
        .whenComplete(
            (source, failure) ->
                self.accept(
                    new Begun(
                        reply,
                        source == null
                            ? null
                            : new BodyStream(reply.body().type(), reply.body().length(), source))));
    running
        .first()
        .second()
        .whenComplete(
            (done, failure) -> {
              if (failure != null && !(failure instanceof StreamException)) {
                log.warn(
                    "[{}] the stream of request {} failed",
                    slot,
                    reply.head().requestId(),
                    failure);
              }
              self.accept(new Ended(id));
            });
    if (draining && endless) {
      running.first().first().shutdown();
    }
  }

  void onEnded(Ended ended) {
    open.remove(ended.id());
  }

  /** Ends the streams that have no end by themselves. The others go on. */
  void drain() {
    draining = true;
    for (Open stream : open.values()) {
      if (stream.endless()) {
        stream.kill().shutdown();
      }
    }
  }

  boolean isEmpty() {
    return open.isEmpty();
  }
}
