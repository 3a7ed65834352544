package dev.troupe.node.program;

import dev.troupe.node.program.ProgramConnection.Event;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Prepares the responses of a program for whoever passes them on, and learns when their bodies have
 * passed, so that the connection can be used again. Confined to the connector.
 */
final class PassedResponses {
  private final ActorSystem<?> system;
  private final ProgramClient client;
  private final ProgramConnections connections;
  private final TrafficReporter reporter;
  private final Consumer<Event> events;
  private final Duration unclaimed;

  /**
   * @param events gets the end of each body, from any thread
   * @param unclaimed how long a body may wait until somebody begins to read it
   */
  PassedResponses(
      ActorSystem<?> system,
      ProgramClient client,
      ProgramConnections connections,
      TrafficReporter reporter,
      Consumer<Event> events,
      Duration unclaimed) {
    this.system = system;
    this.client = client;
    this.connections = connections;
    this.reporter = reporter;
    this.events = events;
    this.unclaimed = unclaimed;
  }

  /** What is passed on as the {@code answer} to {@code call}. */
  HttpResponse pass(ProgramConnection connection, ProgramCall call, HttpResponse answer) {
    // A program may answer before it has read a body that passes in chunks, and leave the rest.
    boolean reusable = ResponseStatus.isKeptAlive(answer) && call.request().upload() == null;
    // The version is that of a connection, and not of the response. With 1.0 Pekko HTTP would take
    // no body of unknown length.
    HttpResponse response = answer.withProtocol(HttpProtocols.HTTP_1_1);
    if (call.proxied().isHead()) {
      connections.release(connection, reusable);
      return client.withoutBody(response);
    }
    if (response.entity().isStrict()) {
      connections.release(connection, reusable);
      return response;
    }
    boolean counted = !ResponseBodies.isEventStream(response.entity().getContentType());
    if (counted) {
      reporter.bodyBegan();
    }
    AtomicBoolean claimed = new AtomicBoolean();
    HttpResponse passed =
        ResponseBodies.via(
            response,
            BodyEnd.watching(
                () -> claimed.set(true),
                whole -> {
                  reporter.bodyEnded(counted);
                  events.accept(new Event.BodyEnded(connection, whole && reusable));
                }));
    cancelUnclaimed(passed, claimed);
    return passed;
  }

  // The client may have gone, and then nobody reads the body, nor says so.
  private void cancelUnclaimed(HttpResponse passed, AtomicBoolean claimed) {
    var unused =
        system
            .scheduler()
            .scheduleOnce(
                unclaimed,
                () -> {
                  if (!claimed.get()) {
                    client.cancel(passed);
                  }
                },
                system.executionContext());
  }
}
