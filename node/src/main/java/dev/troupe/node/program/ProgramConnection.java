package dev.troupe.node.program;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.OutgoingConnection;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a program, which has one request at a time. Confined to the actor that gets its
 * events.
 */
final class ProgramConnection {
  /** What happens to a connection; an event comes from any thread. */
  sealed interface Event {
    ProgramConnection connection();

    /** The connection is established. */
    record Connected(ProgramConnection connection) implements Event {}

    /** The program has answered; the body may still arrive. */
    record Answered(ProgramConnection connection, HttpResponse response) implements Event {}

    /**
     * The body of the answer has ended.
     *
     * @param whole whether the connection can have another request
     */
    record BodyEnded(ProgramConnection connection, boolean whole) implements Event {}

    /**
     * The connection is closed.
     *
     * @param connected whether it was ever established
     * @param failure null if it was closed in order
     */
    record Closed(ProgramConnection connection, boolean connected, @Nullable Throwable failure)
        implements Event {}
  }

  private final BoundedSourceQueue<HttpRequest> requests;
  private @Nullable ProgramCall call;
  private boolean reused;
  private long idleSinceNanos;

  /**
   * Opens a connection.
   *
   * @param flow connects each time it is run
   * @param events gets what happens, the end of the connection last
   */
  ProgramConnection(
      Flow<HttpRequest, HttpResponse, CompletionStage<OutgoingConnection>> flow,
      Materializer materializer,
      Consumer<Event> events) {
    Pair<
            Pair<BoundedSourceQueue<HttpRequest>, CompletionStage<OutgoingConnection>>,
            CompletionStage<Done>>
        running =
            Source.<HttpRequest>queue(1)
                .viaMat(flow, Keep.both())
                .toMat(
                    Sink.<HttpResponse>foreach(
                        response -> events.accept(new Event.Answered(this, response))),
                    Keep.both())
                .run(materializer);
    this.requests = running.first().first();
    CompletionStage<OutgoingConnection> connected = running.first().second();
    connected.thenAccept(connection -> events.accept(new Event.Connected(this)));
    running
        .second()
        .whenComplete(
            (done, failure) ->
                connected.whenComplete(
                    (connection, refused) ->
                        events.accept(new Event.Closed(this, refused == null, failure))));
  }

  /**
   * Sends the request of {@code next}.
   *
   * @return false if the connection is closed
   */
  boolean send(ProgramCall next, HttpRequest request) {
    if (!requests.offer(request).isEnqueued()) {
      return false;
    }
    call = next;
    return true;
  }

  /** Gives a call to a connection that is being opened to see whether the program is there. */
  void probeFor(ProgramCall doubtful) {
    call = doubtful;
  }

  /** The call that has no answer yet. */
  @Nullable ProgramCall call() {
    return call;
  }

  /** The call has its answer, or nobody waits for it. */
  void endCall() {
    call = null;
  }

  /** Whether it was open without a request for a while. */
  boolean isReused() {
    return reused;
  }

  void startIdling(long nowNanos) {
    idleSinceNanos = nowNanos;
    reused = true;
  }

  /** How long it has had no request, in nanoseconds. */
  long idleNanos(long nowNanos) {
    return nowNanos - idleSinceNanos;
  }

  /** Closes the connection when it has no request. */
  void close() {
    requests.complete();
  }

  /** Closes the connection whatever it is doing. */
  void abort() {
    requests.fail(new ConnectionAbortedException());
  }

  private static final class ConnectionAbortedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionAbortedException() {
      super("nobody waits for the answer", null, false, false);
    }
  }
}
