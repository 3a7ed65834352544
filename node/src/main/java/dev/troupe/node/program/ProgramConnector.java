package dev.troupe.node.program;

import dev.troupe.node.program.ProgramConnection.Event;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.ProgramTraffic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.IllegalResponseException;

/**
 * Owns the connections of this node to one program, and the requests on them until the head of
 * their answer is there. It stands for the endpoint of the instance: to the router the program is
 * an instance like any other.
 */
public final class ProgramConnector extends AbstractBehavior<ProgramConnector.Command> {
  /** What a connector can be told. */
  public sealed interface Command {}

  /** Sends a request, which is answered to its {@code replyTo} unless the program dies. */
  public record Send(ServiceRequest request, ProxiedRequest proxied) implements Command {}

  /** Nobody waits for the answer any more. */
  public record Forget(long correlationId) implements Command {}

  private record Happened(Event event) implements Command {}

  private record FromHost(ProgramTraffic message) implements Command {}

  private record ProbeLasted(ProgramConnection connection) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private static final Duration TICK = Duration.ofSeconds(1);

  /**
   * How long a connection must last to prove that the program lives. The system closes the files of
   * a process that ends one after the other, and may still accept connections meanwhile.
   */
  private static final Duration PROBE_TIME = Duration.ofMillis(500);

  private final TimerScheduler<Command> timers;
  private final String slot;
  private final ProgramClient client;
  private final ProgramConnections connections;
  private final TrafficReporter reporter;
  private final PassedResponses responses;
  private final Map<Long, ProgramCall> calls = new HashMap<>();

  private ProgramConnector(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String slot,
      String url,
      Duration chunkTimeout,
      ActorRef<ProgramTraffic> host) {
    super(context);
    this.timers = timers;
    this.slot = slot;
    this.client = new ProgramClient(context.getSystem(), url, chunkTimeout);
    ActorRef<Command> self = context.getSelf();
    Consumer<Event> events = event -> self.tell(new Happened(event));
    this.connections = new ProgramConnections(client, events, System::nanoTime);
    this.reporter =
        new TrafficReporter(
            context.messageAdapter(ProgramTraffic.class, FromHost::new), host, calls::size);
    this.responses =
        new PassedResponses(
            context.getSystem(), client, connections, reporter, events, chunkTimeout);
  }

  /**
   * @param url of the program, like {@code http://127.0.0.1:20001}
   * @param chunkTimeout how long the next chunk of a request may take
   * @param host gets reports, since it does not see the requests
   */
  public static Behavior<Command> create(
      String slot, String url, Duration chunkTimeout, ActorRef<ProgramTraffic> host) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ProgramConnector(context, timers, slot, url, chunkTimeout, host)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Send.class, this::onSend)
        .onMessage(Forget.class, this::onForget)
        .onMessage(Happened.class, this::onHappened)
        .onMessage(FromHost.class, this::onFromHost)
        .onMessage(ProbeLasted.class, this::onProbeLasted)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Command> onSend(Send send) {
    ProgramCall call = new ProgramCall(send.request(), send.proxied());
    if (reporter.isLeaving()) {
      call.fail(ReplyStatus.NOT_TAKEN, slot + " is leaving and takes no new requests");
      return this;
    }
    calls.put(send.request().correlationId(), call);
    connections.send(call);
    if (!timers.isTimerActive(Tick.INSTANCE)) {
      timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK);
    }
    return this;
  }

  private Behavior<Command> onForget(Forget forget) {
    ProgramCall call = calls.remove(forget.correlationId());
    if (call != null) {
      call.abort();
    }
    reporter.onChange();
    return this;
  }

  private Behavior<Command> onHappened(Happened happened) {
    if (happened.event() instanceof Event.Connected connected) {
      onConnected(connected.connection());
    } else if (happened.event() instanceof Event.Answered answered) {
      onAnswered(answered.connection(), answered.response());
    } else if (happened.event() instanceof Event.BodyEnded ended) {
      onBodyEnded(ended.connection(), ended.whole());
    } else if (happened.event() instanceof Event.Closed closed) {
      onClosed(closed);
    }
    return this;
  }

  private void onConnected(ProgramConnection connection) {
    ProgramCall call = connection.call();
    if (call != null && call.connection() == null) {
      timers.startSingleTimer(connection, new ProbeLasted(connection), PROBE_TIME);
    }
  }

  /** A call was lost with its connection, and another connection has lasted: the program lives. */
  private Behavior<Command> onProbeLasted(ProbeLasted lasted) {
    ProgramConnection connection = lasted.connection();
    ProgramCall call = connection.call();
    // Without a call the connection was closed meanwhile.
    if (call != null) {
      connection.endCall();
      connections.release(connection, true);
      answer(call, ReplyStatus.FAILED, "closed the connection without an answer");
    }
    return this;
  }

  private void onAnswered(ProgramConnection connection, HttpResponse response) {
    ProgramCall call = connection.call();
    connection.endCall();
    if (call == null) {
      client.cancel(response);
      connection.abort();
      return;
    }
    calls.remove(call.request().correlationId());
    HttpResponse passed = responses.pass(connection, call, response);
    HttpResponse unwanted = call.proxied().offer(call.request().correlationId(), passed);
    if (unwanted != null) {
      client.cancel(unwanted);
    }
    ReplyStatus status = ResponseStatus.of(response.status().intValue());
    reporter.answered(status.isServiceError());
    call.request().replyTo().tell(ServiceReply.success(call.request(), status, JsonBytes.EMPTY));
    reporter.onChange();
  }

  private void onBodyEnded(ProgramConnection connection, boolean reusable) {
    connections.release(connection, reusable);
    reporter.onChange();
  }

  private void onClosed(Event.Closed closed) {
    ProgramConnection connection = closed.connection();
    connections.remove(connection);
    ProgramCall call = connection.call();
    if (call == null) {
      return;
    }
    connection.endCall();
    if (call.connection() == null) {
      // The program has ended: its host is about to end too, and the router waits for that.
      return;
    }
    if (!closed.connected()) {
      answer(call, ReplyStatus.NOT_TAKEN, "accepts no connections");
    } else if (closed.failure() instanceof IllegalResponseException illegal) {
      answer(call, ReplyStatus.FAILED, "answered what is not HTTP: " + illegal.info().summary());
    } else if (connection.isReused() && call.isRepeatable() && call.markResent()) {
      // The program may have closed an idle connection at the moment when it was used again.
      connections.sendOnNew(call);
    } else {
      connections.probeFor(call);
    }
  }

  private void answer(ProgramCall call, ReplyStatus status, String what) {
    if (calls.remove(call.request().correlationId()) != null) {
      call.fail(status, slot + " " + what);
      if (status.isServiceError() && status != ReplyStatus.NOT_TAKEN) {
        reporter.answered(true);
      }
    }
    reporter.onChange();
  }

  private Behavior<Command> onFromHost(FromHost message) {
    if (message.message() instanceof ProgramTraffic.Leaving) {
      reporter.leave();
      connections.closeAll();
    }
    return this;
  }

  private Behavior<Command> onTick() {
    connections.closeOld();
    if (!reporter.report() && calls.isEmpty() && connections.isEmpty()) {
      timers.cancel(Tick.INSTANCE);
    }
    return this;
  }

  // Bodies that are still being passed on go on by themselves.
  private Behavior<Command> onStop() {
    connections.closeAll();
    calls.values().forEach(ProgramCall::abort);
    return this;
  }
}
