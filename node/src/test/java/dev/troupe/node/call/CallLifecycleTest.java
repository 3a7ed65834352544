package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.program.ProxiedRequest;
import dev.troupe.node.registry.FakeInstance;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.settings.CallSettings;
import dev.troupe.protocol.settings.RefusalSettings;
import dev.troupe.protocol.settings.TraceSettings;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The life of a call, without an actor system: every way from its begin to its end. */
final class CallLifecycleTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final CallSettings SETTINGS = Calls.within(Duration.ofSeconds(5));
  private static final WaitingRoomSettings ROOM =
      new WaitingRoomSettings(2, 100, Duration.ofSeconds(10));

  private static final TraceContext TRACE = TraceContext.begin();

  private final FakeSender sender = new FakeSender();
  private final Tracer tracer = new Tracer();
  private final FakeInstance first = instance("Echo-1");
  private final FakeInstance second = instance("Echo-2");
  private CallLifecycle calls = calls(SETTINGS);
  private long now;

  @Test
  void aCallIsSentAndItsReplyIsTheAnswer() {
    show(first);
    CompletableFuture<ServiceReply> call = read("r1");

    assertThat(sender.last().deadline()).isEqualTo(Deadline.after(Duration.ofSeconds(5), 0));
    reply(sender.last(), ReplyStatus.NOT_FOUND);

    assertThat(call.join().status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(calls.isIdle()).isTrue();
  }

  @Test
  void aCallWaitsForAnInstanceAndIsSentOnce() {
    CompletableFuture<ServiceReply> call = read("r1");
    assertThat(calls.isIdle()).isFalse();

    show(first);
    show(first);

    assertThat(sender.requests).hasSize(1);
    reply(sender.last(), ReplyStatus.OK);
    assertThat(call.join().status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void noCallTimesOutWhileAnInstanceMayBeStoppedByADebugger() {
    calls.onView(
        new RegistryView(
            List.of(), Map.of(), List.of(first.debuggableView(), instance("Other-1").view())),
        now);
    CompletableFuture<ServiceReply> call = read("r1");

    tick(60 * SECOND);
    calls.onView(
        new RegistryView(List.of(), Map.of(), List.of(first.silent().debuggableView())), now);

    assertThat(call).isNotDone();
    reply(sender.last(), ReplyStatus.OK);
    assertThat(call.join().status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void aCallThatWaitsTooLongExpires() {
    CompletableFuture<ServiceReply> call = read("r1");

    tick(10 * SECOND - 1);
    assertThat(call).isNotDone();
    tick(10 * SECOND);

    assertThat(call.join().message()).contains("could take it in time");
    assertThat(calls.isIdle()).isTrue();
  }

  @Test
  void aCallWithoutAReplyIsLateAndAReplyAfterwardsIsIgnored() {
    show(first);
    CompletableFuture<ServiceReply> call = read("r1");

    tick(5 * SECOND);
    reply(sender.last(), ReplyStatus.OK);

    assertThat(call.join().status()).isEqualTo(ReplyStatus.DEADLINE);
    assertThat(calls.isIdle()).isTrue();
  }

  @Test
  void aCallIsRefusedWhenABoundOfItsServiceIsReached() {
    calls = calls(Calls.atMost(1));
    show(first);
    var unused = read("r1");

    CompletableFuture<ServiceReply> refused = read("r2");

    assertThat(refused.join().message()).contains("bulkhead.max-calls");
    assertThat(sender.requests).hasSize(1);
  }

  @Test
  void aCallIsRefusedWhenTheWaitingRoomIsFull() {
    var unused = List.of(read("r1"), read("r2"));

    assertThat(read("r3").join().message()).contains("the waiting room is full (2 wait)");
    assertThat(calls.report(now).get("Echo").bulkhead().calls()).isEqualTo(2);
  }

  @Test
  void aDeclinedCallGoesToAnotherInstanceAndItsBodyIsDropped() {
    show(first, second);
    CompletableFuture<ServiceReply> call = write("r1");
    ActorRef<ServiceRequest> decliner = sender.instances.get(0);

    reply(sender.last(), ReplyStatus.NOT_TAKEN);

    assertThat(sender.dropped).isEqualTo(1);
    assertThat(sender.instances).hasSize(2).doesNotHaveDuplicates();
    reply(sender.last(), ReplyStatus.OVERLOADED);
    assertThat(call.join().status()).isEqualTo(ReplyStatus.OVERLOADED);
    assertThat(sender.instances.get(0)).isEqualTo(decliner);
    assertThat(sender.dropped).isEqualTo(2);
  }

  @Test
  void aReadOfALostInstanceMovesAndAWriteEnds() {
    show(first);
    CompletableFuture<ServiceReply> read = read("r1");
    CompletableFuture<ServiceReply> write = write("r2");

    show(second);

    assertThat(sender.last().requestId()).isEqualTo("r1");
    assertThat(sender.instances.get(2)).isEqualTo(second.endpoint());
    assertThat(write.join().message()).contains("Echo-1 was lost while it had this request");
    reply(sender.last(), ReplyStatus.OK);
    assertThat(read.join().status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void aReadOfASilentInstanceMovesOnlyWhenAnotherCanTakeIt() {
    show(first);
    var unused = read("r1");

    show(first.silent());
    assertThat(sender.requests).hasSize(1);
    show(first.silent(), second);

    assertThat(sender.instances).containsExactly(first.endpoint(), second.endpoint());
  }

  @Test
  void whenTwoProcessesDieOfItACallEndsItsActionIsSuspendedAndThoseThatWaitAreRefused() {
    show(first);
    CompletableFuture<ServiceReply> poison = read("poison");
    show(second);
    show(second.unhealthy("busy"));
    CompletableFuture<ServiceReply> waits = read("waits");

    show();

    assertThat(poison.join().message()).contains("Echo-1 and Echo-2 died");
    assertThat(waits.join().message()).contains("echo of Echo is suspended");
    assertThat(calls.pollTransition()).isInstanceOf(CallTransition.Refusing.class);
    assertThat(calls.pollTransition()).isNull();

    tick(Calls.SUSPENDED_FOR.toNanos());
    show(first);
    var unused = read("probe");
    reply(sender.last(), ReplyStatus.OK);
    assertThat(calls.pollTransition()).isEqualTo(new CallTransition.ActionResumed("Echo", "echo"));
  }

  @Test
  void theCircuitBreakerTellsWhenItOpensAndWhenItCloses() {
    calls = calls(Calls.nervous());
    show(first);
    for (int call = 1; call <= 4; call++) {
      var unused = read("r" + call);
      reply(sender.last(), ReplyStatus.FAILED);
    }
    assertThat(calls.pollTransition()).isInstanceOf(CallTransition.Refusing.class);
    assertThat(read("refused").join().message()).contains("(circuit breaker open)");

    tick(Calls.OPEN_FOR.toNanos());
    var unused = read("probe");
    reply(sender.last(), ReplyStatus.OK);

    assertThat(calls.pollTransition()).isEqualTo(new CallTransition.ServiceResumed("Echo"));
    assertThat(calls.pollTransition()).isNull();
  }

  @Test
  void aCallThatCannotBeSentIsAnsweredAndGivesItsPlacesBack() {
    calls = calls(Calls.atMost(1));
    show(first);
    sender.failure = new IllegalStateException("cannot send");

    CompletableFuture<ServiceReply> failed = new CompletableFuture<>();
    assertThatThrownBy(() -> submit("r1", true, failed)).isSameAs(sender.failure);

    assertThat(failed.join().message()).contains("this node failed to make the call");
    assertThat(calls.report(now).get("Echo").bulkhead().calls()).isZero();
    assertThat(calls.isIdle()).isTrue();
    sender.failure = null;
    CompletableFuture<ServiceReply> next = read("r2");
    reply(sender.last(), ReplyStatus.OK);
    assertThat(next.join().status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void atTheStopEveryCallIsAnswered() {
    show(first);
    CompletableFuture<ServiceReply> sent = read("r1");
    show();
    CompletableFuture<ServiceReply> waits = read("r2");

    calls.stop();

    assertThat(sent.join().message()).contains("makes no more calls");
    assertThat(waits.join().message()).contains("makes no more calls");
  }

  @Test
  void theTraceOfACallThatMovesHasEachAttemptAndTheWait() {
    List<KeepReason> kept = new ArrayList<>();
    tracer.start(
        new TraceSettings(true, 1024, 0, 5, 10, Duration.ofHours(1), null),
        trace -> kept.add(trace.reason()));
    show(first);
    CompletableFuture<ServiceReply> call = read("r1");
    show();
    show(second);
    reply(sender.last(), ReplyStatus.OK);

    assertThat(call.join().status()).isEqualTo(ReplyStatus.OK);
    List<Span> spans = tracer.find(Set.of(TRACE.id()));
    assertThat(spans)
        .extracting(Span::kind, Span::end, Span::peer)
        .containsExactly(
            tuple(SpanKind.ATTEMPT, SpanEnd.LOST, "Echo-1"),
            tuple(SpanKind.WAIT, SpanEnd.OK, ""),
            tuple(SpanKind.ATTEMPT, SpanEnd.OK, "Echo-2"));
    assertThat(spans).extracting(Span::parent).containsOnly(TRACE.spanId());
    assertThat(sender.requests)
        .extracting(request -> request.trace().spanId())
        .containsExactly(spans.get(0).id(), spans.get(2).id());
    assertThat(kept).containsExactly(KeepReason.MOVED, KeepReason.WAITED);
  }

  private void show(FakeInstance... instances) {
    calls.onView(
        new RegistryView(
            List.of(),
            Map.of(),
            Arrays.stream(instances).map(FakeInstance::view).toList(),
            Map.of(),
            List.of(first, second).stream()
                .collect(Collectors.toMap(FakeInstance::address, any -> DeathCause.ITSELF)),
            true),
        now);
  }

  private CompletableFuture<ServiceReply> read(String requestId) {
    return submit(requestId, true);
  }

  private CompletableFuture<ServiceReply> write(String requestId) {
    return submit(requestId, false);
  }

  private CompletableFuture<ServiceReply> submit(String requestId, boolean idempotent) {
    CompletableFuture<ServiceReply> promise = new CompletableFuture<>();
    submit(requestId, idempotent, promise);
    return promise;
  }

  private void submit(
      String requestId, boolean idempotent, CompletableFuture<ServiceReply> promise) {
    calls.submit(
        new OutboundCall(
            requestId,
            "Echo",
            "echo",
            idempotent,
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.of("{}"),
            Deadline.NEVER,
            null,
            null,
            TRACE),
        promise,
        now);
  }

  private void reply(ServiceRequest request, ReplyStatus status) {
    calls.onReply(
        status.isSuccess()
            ? ServiceReply.success(request, status, JsonBytes.EMPTY)
            : ServiceReply.error(request, status, "from the instance"),
        now);
  }

  private void tick(long nanos) {
    now = nanos;
    calls.onTick(now);
  }

  private CallLifecycle calls(CallSettings settings) {
    return new CallLifecycle(
        new ServicePools(ROOM, new ByteBudget(1000), service -> settings, () -> now),
        new RejectionThrottle(new RefusalSettings(100, Duration.ofSeconds(1)), 10, 0),
        sender,
        TestInbox.<ServiceReply>create("router").getRef(),
        new CallSpans(tracer),
        new CallMetrics(NodeMetrics.of(true)));
  }

  private static FakeInstance instance(String slot) {
    return FakeInstance.ready(slot, TestInbox.<ServiceRequest>create(slot).getRef());
  }

  /** Keeps what was sent, as if it held every body. */
  private static final class FakeSender implements RequestSender {
    final List<ServiceRequest> requests = new ArrayList<>();
    final List<ActorRef<ServiceRequest>> instances = new ArrayList<>();
    int dropped;
    @Nullable RuntimeException failure;

    @Override
    public @Nullable Runnable send(
        ServiceRequest request, InstanceHandle instance, @Nullable ProxiedRequest proxied) {
      if (failure != null) {
        throw failure;
      }
      requests.add(request);
      instances.add(instance.endpoint());
      return () -> dropped++;
    }

    ServiceRequest last() {
      return requests.get(requests.size() - 1);
    }
  }
}
