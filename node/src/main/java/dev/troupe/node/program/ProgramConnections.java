package dev.troupe.node.program;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The connections to one program, of which it holds those that have no request. A program closes
 * such a connection after some seconds, maybe at the very moment when the next request is sent; so
 * a request that cannot be sent again takes only one that was used just before. Confined to the
 * connector.
 */
final class ProgramConnections {
  // Servers wait 2 s at least: gunicorn 2 s, Node.js and uvicorn 5 s, the JDK 30 s.
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long OLDEST_NANOS = Duration.ofSeconds(4).toNanos();

  private final ProgramClient client;
  private final Consumer<ProgramConnection.Event> events;
  private final LongSupplier nanos;
  // The one that was used last is the first.
  private final Deque<ProgramConnection> idle = new ArrayDeque<>();
  private boolean closing;

  /**
   * @param events gets what happens to the connections, from any thread
   */
  ProgramConnections(
      ProgramClient client, Consumer<ProgramConnection.Event> events, LongSupplier nanos) {
    this.client = client;
    this.events = events;
    this.nanos = nanos;
  }

  /** Sends a request on an idle connection or, if there is none for it, on a new one. */
  void send(ProgramCall call) {
    ProgramConnection last = idle.peekFirst();
    boolean usable =
        last != null && (call.isRepeatable() || last.idleNanos(nanos.getAsLong()) <= FRESH_NANOS);
    if (usable && idle.removeFirst().send(call, client.request(call))) {
      call.setConnection(last);
    } else {
      sendOnNew(call);
    }
  }

  void sendOnNew(ProgramCall call) {
    ProgramConnection fresh = client.open(events);
    fresh.send(call, client.request(call));
    call.setConnection(fresh);
  }

  /** Opens a connection for a call that was lost, to see whether the program is there. */
  void probeFor(ProgramCall lost) {
    lost.setConnection(null);
    client.open(events).probeFor(lost);
  }

  /**
   * A connection has no request any more.
   *
   * @param reusable whether it can have another one
   */
  void release(ProgramConnection connection, boolean reusable) {
    if (reusable && !closing) {
      connection.startIdling(nanos.getAsLong());
      idle.addFirst(connection);
    } else {
      connection.close();
    }
  }

  /** A connection is closed. */
  void remove(ProgramConnection connection) {
    idle.remove(connection);
  }

  /** Closes those that have had no request for some seconds. */
  void closeOld() {
    long now = nanos.getAsLong();
    for (ProgramConnection last = idle.peekLast();
        last != null && last.idleNanos(now) > OLDEST_NANOS;
        last = idle.peekLast()) {
      idle.removeLast();
      last.close();
    }
  }

  /** Closes each connection as soon as it has no request. */
  void closeAll() {
    closing = true;
    List<ProgramConnection> all = new ArrayList<>(idle);
    idle.clear();
    all.forEach(ProgramConnection::close);
  }

  boolean isEmpty() {
    return idle.isEmpty();
  }
}
