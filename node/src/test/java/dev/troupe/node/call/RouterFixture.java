package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.FakeInstance;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.settings.CallSettings;
import dev.troupe.protocol.settings.RefusalSettings;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A router with a registry and instances of {@code Echo} in the hands of a test. */
final class RouterFixture {
  static final Duration LONG = Duration.ofMinutes(5);
  static final int CALL_BYTES = 8 << 20;
  static final int REPLY_BYTES = 4 << 20;
  static final int REFUSED_AT_ONCE = 100;
  static final Duration REFUSAL_PAUSE = Duration.ofSeconds(1);

  private final ActorTestKit kit;
  private final FakeEndpoint other;
  private final ActorRef<RouterActor.Command> router;
  private final CallClient client;
  private final ActorRef<RegistryView> views;
  private final AtomicReference<Map<String, CallReport>> reports = new AtomicReference<>(Map.of());
  private final Set<String> addresses = new HashSet<>();
  private final AtomicLong nanos = new AtomicLong(System.nanoTime());

  RouterFixture(ActorTestKit kit, WaitingRoomSettings room) {
    this(kit, room, Calls.LENIENT);
  }

  RouterFixture(ActorTestKit kit, WaitingRoomSettings room, CallSettings calls) {
    this.kit = kit;
    TestProbe<RegistryActor.Command> registry = kit.createTestProbe(RegistryActor.Command.class);
    this.router =
        kit.spawn(
            RouterActor.create(
                () ->
                    new ServicePools(
                        room,
                        new ByteBudget(CALL_BYTES),
                        service -> service.equals("Echo") ? calls : Calls.LENIENT,
                        nanos::get),
                () ->
                    new RejectionThrottle(
                        new RefusalSettings(REFUSED_AT_ONCE, REFUSAL_PAUSE), 1000, nanos.get()),
                new ByteBudget(REPLY_BYTES),
                Duration.ofSeconds(30),
                registry.ref(),
                reports,
                NodeMetrics.of(true),
                nanos::get));
    this.client = RouterActor.client(router);
    this.views = registry.expectMessageClass(RegistryActor.Watch.class).subscriber();
    this.other = endpoint("Other-1");
    show();
  }

  void close() {
    kit.stop(router);
  }

  /** The time of the router, which stands still until {@link #pass}. */
  long now() {
    return nanos.get();
  }

  /** Time passes. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** What the router says of its calls of {@code Echo} once it is as wanted. */
  CallReport awaitReport(Predicate<CallReport> wanted) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> reports.get().get("Echo"), report -> report != null && wanted.test(report));
  }

  FakeEndpoint endpoint(String slot) {
    return new FakeEndpoint(slot, kit);
  }

  /** These are the instances of {@code Echo} now; others ended by themselves. */
  void show(FakeInstance... instances) {
    show(DeathCause.ITSELF, instances);
  }

  /** These are the instances of {@code Echo} now; others died in this way. */
  void show(DeathCause death, FakeInstance... instances) {
    Arrays.stream(instances).forEach(instance -> addresses.add(instance.address()));
    views.tell(
        new RegistryView(
            List.of(),
            Map.of(),
            Stream.concat(Stream.of(other.ready()), Arrays.stream(instances))
                .map(FakeInstance::view)
                .toList(),
            Map.of(),
            addresses.stream().collect(Collectors.toMap(address -> address, address -> death)),
            true));
  }

  /** A call whose reply the test does not care about. */
  void send(String requestId) {
    assertThat(read(requestId)).isNotNull();
  }

  CompletableFuture<ServiceReply> read(String requestId) {
    return call(requestId, true, LONG);
  }

  CompletableFuture<ServiceReply> write(String requestId) {
    return call(requestId, false, LONG);
  }

  CompletableFuture<ServiceReply> keyedWrite(String requestId, String key) {
    return call("Echo", requestId, false, LONG, JsonBytes.of("{}"), key);
  }

  CompletableFuture<ServiceReply> call(String requestId, boolean idempotent, Duration within) {
    return call("Echo", requestId, idempotent, within, JsonBytes.of("{}"));
  }

  CompletableFuture<ServiceReply> call(
      String service, String requestId, boolean idempotent, Duration within, JsonBytes data) {
    return call(service, requestId, idempotent, within, data, null);
  }

  private CompletableFuture<ServiceReply> call(
      String service,
      String requestId,
      boolean idempotent,
      Duration within,
      JsonBytes data,
      @Nullable String key) {
    return client
        .call(
            new OutboundCall(
                requestId,
                service,
                "echo",
                idempotent,
                Map.of(),
                QueryParameters.NONE,
                data,
                Deadline.after(within, nanos.get()),
                key,
                null,
                null))
        .toCompletableFuture();
  }

  /** Returns when the router has done all it was told before. */
  void settle() {
    CompletableFuture<ServiceReply> reply = call("Other", "settle", true, LONG, JsonBytes.EMPTY);
    other.answers(ReplyStatus.OK);
    replyOf(reply);
  }

  /** Time passes for what the router was told before. */
  void settleAndPass(Duration time) {
    settle();
    pass(time);
  }

  static ServiceReply replyOf(CompletableFuture<ServiceReply> call) {
    return call.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
