package dev.troupe.node.health;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryKeys;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.jspecify.annotations.Nullable;

/** Owns what this node says of itself in Distributed Data: registration, heartbeats, counters. */
public final class HeartbeatPublisher extends AbstractBehavior<HeartbeatPublisher.Command> {
  /** What the publisher can be told. */
  public sealed interface Command {}

  /**
   * From now on the heartbeats say this.
   *
   * @param degraded whether it takes requests although it is unhealthy
   */
  public record Say(InstanceState state, @Nullable String reason, boolean degraded)
      implements Command {
    public Say(InstanceState state, @Nullable String reason) {
      this(state, reason, false);
    }
  }

  /** One more heartbeat says that it is unhealthy, and none comes after it. */
  public record FallSilent(@Nullable String reason) implements Command {}

  private record Synced(boolean synced) implements Command {}

  private enum Beat implements Command {
    INSTANCE
  }

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  // The first words go to all nodes at once: a gateway waits for them with requests in hand.
  private static final Replicator.WriteConsistency TO_ALL =
      new Replicator.WriteAll(Duration.ofMillis(500));

  private final ActorRef<Replicator.Command> replicator;
  private final SelfUniqueAddress self;
  private final Registration registration;
  private final TimerScheduler<Command> timers;
  private final @Nullable ServiceDescriptor descriptor;
  private final EntryClock<Registration> registrationClock;
  private final EntryClock<Heartbeat> heartbeatClock;
  private final CallCounters counters;
  private final Supplier<Map<String, CallReport>> calls;
  private final StallDetector stalls;
  private Say said;
  private final long startedNanos = System.nanoTime();
  private boolean registered;
  private boolean stalled;
  private long sequence;
  private long publishedRequests;
  private long publishedErrors;

  private HeartbeatPublisher(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Registration registration,
      @Nullable ServiceDescriptor descriptor,
      CallCounters counters,
      Say first,
      Supplier<Map<String, CallReport>> calls,
      ActorRef<RegistryActor.Command> registry,
      StallDetector stalls) {
    super(context);
    DistributedData data = DistributedData.get(context.getSystem());
    this.replicator = data.replicator();
    this.self = data.selfUniqueAddress();
    this.registration = registration;
    this.counters = counters;
    this.calls = calls;
    this.stalls = stalls;
    this.said = first;
    this.timers = timers;
    this.descriptor = descriptor;
    this.registrationClock = new EntryClock<>(registration.generation());
    this.heartbeatClock = new EntryClock<>(registration.generation());
    registry.tell(
        new RegistryActor.Watch(
            context.messageAdapter(RegistryView.class, view -> new Synced(view.synced()))));
  }

  /**
   * @param first what the first heartbeat says
   * @param calls what there is to say of the calls this node makes, by service
   * @param registry says when this node has read what there is to be replaced
   * @param stalls is asked each second; while it finds the work stalled there are no heartbeats
   */
  public static Behavior<Command> create(
      Registration registration,
      @Nullable ServiceDescriptor descriptor,
      CallCounters counters,
      Say first,
      Supplier<Map<String, CallReport>> calls,
      ActorRef<RegistryActor.Command> registry,
      StallDetector stalls) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new HeartbeatPublisher(
                        context,
                        timers,
                        registration,
                        descriptor,
                        counters,
                        first,
                        calls,
                        registry,
                        stalls)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Say.class, this::onSay)
        .onMessage(FallSilent.class, this::onFallSilent)
        .onMessage(Beat.class, beat -> onBeat())
        .onMessage(Synced.class, this::onSynced)
        .build();
  }

  private Behavior<Command> onSynced(Synced synced) {
    if (synced.synced() && !registered) {
      registered = true;
      register();
      // Not at a fixed rate: who was stopped for a minute would look sixty times in a row.
      timers.startTimerWithFixedDelay(Beat.INSTANCE, INTERVAL);
    }
    return this;
  }

  private void register() {
    ServiceDescriptor offered = descriptor;
    if (offered != null) {
      update(RegistryKeys.DESCRIPTORS, LWWMap.create(), TO_ALL, map -> described(map, offered));
    }
    update(
        RegistryKeys.REGISTRATIONS,
        LWWMap.create(),
        TO_ALL,
        map -> map.put(self, registration.slot(), registration, registrationClock));
    beat(TO_ALL);
  }

  private LWWMap<String, ServiceDescriptor> described(
      LWWMap<String, ServiceDescriptor> map, ServiceDescriptor offered) {
    return map.get(offered.service()).contains(offered)
        ? map
        : map.put(self, offered.service(), offered, (current, value) -> current + 1);
  }

  private Behavior<Command> onSay(Say say) {
    boolean changed = say.state() != said.state() || say.degraded() != said.degraded();
    said = say;
    if (changed && registered && (!stalled || say.state() == InstanceState.DRAINING)) {
      beat(TO_ALL);
    }
    return this;
  }

  private Behavior<Command> onFallSilent(FallSilent last) {
    onSay(new Say(InstanceState.UNHEALTHY, last.reason()));
    return Behaviors.ignore();
  }

  private Behavior<Command> onBeat() {
    Optional<String> stall = stalls.look();
    if (stall.isEmpty()) {
      onWorkGoesOn();
    } else if (!stalled) {
      onStalled(stall.get());
    }
    publishCounters();
    return this;
  }

  private void onWorkGoesOn() {
    if (stalled) {
      stalled = false;
      getContext().getLog().info("[{}] gets on again", registration.slot());
      beat(TO_ALL);
      return;
    }
    beat(Replicator.writeLocal());
  }

  // Others send it nothing more from now on. The supervisor dumps and replaces it when it has heard
  // nothing for the heartbeat timeout.
  private void onStalled(String why) {
    stalled = true;
    getContext().getLog().warn("[{}] {}: no heartbeats until it gets on", registration.slot(), why);
    beat(TO_ALL, new Say(InstanceState.UNHEALTHY, why));
  }

  private void publishCounters() {
    publishedRequests =
        publish(
            RegistryKeys.requests(registration.service()), counters.requests(), publishedRequests);
    publishedErrors =
        publish(RegistryKeys.errors(registration.service()), counters.errors(), publishedErrors);
  }

  private void beat(Replicator.WriteConsistency consistency) {
    beat(consistency, said);
  }

  private void beat(Replicator.WriteConsistency consistency, Say say) {
    sequence++;
    Heartbeat heartbeat =
        new Heartbeat(
            registration.generation(),
            sequence,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos),
            Instant.now(),
            say.state(),
            say.reason(),
            say.degraded(),
            counters.inFlight(),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
            cpuSeconds(),
            calls.get());
    update(
        RegistryKeys.HEARTBEATS,
        LWWMap.create(),
        consistency,
        map -> map.put(self, registration.slot(), heartbeat, heartbeatClock));
  }

  private long publish(Key<GCounter> key, long counted, long published) {
    if (counted > published) {
      update(
          key,
          GCounter.create(),
          Replicator.writeLocal(),
          counter -> counter.increment(self, counted - published));
    }
    return counted;
  }

  private <D extends ReplicatedData> void update(
      Key<D> key, D initial, Replicator.WriteConsistency consistency, Function<D, D> change) {
    replicator.tell(
        new Replicator.Update<>(
            key, initial, consistency, getContext().getSystem().ignoreRef(), change));
  }

  private static double cpuSeconds() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return system.getProcessCpuTime() / 1e9;
    }
    return 0;
  }
}
