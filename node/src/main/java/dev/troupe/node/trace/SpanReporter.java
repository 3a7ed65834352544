package dev.troupe.node.trace;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.trace.KeepTraces;
import dev.troupe.protocol.trace.KeepTraces.Kept;
import dev.troupe.protocol.trace.SpanQuery;
import dev.troupe.protocol.trace.SpanReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns what this node tells the seed node of traces: which are to be kept, some at a time, and the
 * spans that the seed node asks for. While there is no seed node, the newest wait for one.
 */
public final class SpanReporter extends AbstractBehavior<Object> {
  private static final String NAME = "spans";
  private static final String COLLECTOR = "traces";
  private static final Duration GATHER = Duration.ofMillis(100);
  private static final Duration WITHOUT_SEED = Duration.ofSeconds(1);
  private static final int MOST_WAITING = 500;

  private enum Flush {
    INSTANCE
  }

  private final TimerScheduler<Object> timers;
  private final String slot;
  private final int generation;
  private final Tracer tracer;
  private final Supplier<RegistryView> view;
  private final Queue<Kept> waiting = new ArrayDeque<>();

  private SpanReporter(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      String slot,
      int generation,
      Supplier<RegistryView> view) {
    super(context);
    this.timers = timers;
    this.slot = slot;
    this.generation = generation;
    this.tracer = Tracer.of(context.getSystem());
    this.view = view;
  }

  /**
   * Receives each {@link Kept} of this node, and the {@link SpanQuery}s of the seed node.
   *
   * @param view the newest view of the cluster
   */
  public static Behavior<Object> create(String slot, int generation, Supplier<RegistryView> view) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SpanReporter(context, timers, slot, generation, view)));
  }

  /** The name of the actor, by which {@link #at} finds the one of each node. */
  public static String name() {
    return NAME;
  }

  /** The name of the system actor of the seed node that takes {@link KeepTraces}. */
  public static String collectorName() {
    return COLLECTOR;
  }

  /**
   * The actor of a node.
   *
   * @param address of the node
   */
  public static ActorRef<SpanQuery> at(String address, ActorSystem<?> system) {
    return ActorRefResolver.get(system).resolveActorRef(address + "/user/" + NAME);
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(Kept.class, this::onKept)
        .onMessage(SpanQuery.class, this::onQuery)
        .onMessageEquals(Flush.INSTANCE, this::onFlush)
        .build();
  }

  private Behavior<Object> onKept(Kept kept) {
    if (waiting.size() == MOST_WAITING) {
      waiting.remove();
    }
    waiting.add(kept);
    if (!timers.isTimerActive(Flush.INSTANCE)) {
      timers.startSingleTimer(Flush.INSTANCE, Flush.INSTANCE, GATHER);
    }
    return this;
  }

  private Behavior<Object> onFlush() {
    Optional<String> seed =
        view.get().members().stream()
            .filter(member -> member.isUp() && member.reachable())
            .filter(member -> member.roles().contains(NodeNames.SEED))
            .map(MemberView::address)
            .findFirst();
    if (seed.isEmpty()) {
      timers.startSingleTimer(Flush.INSTANCE, Flush.INSTANCE, WITHOUT_SEED);
      return this;
    }
    ActorRef<KeepTraces> collector =
        ActorRefResolver.get(getContext().getSystem())
            .resolveActorRef(seed.get() + "/system/" + COLLECTOR);
    while (!waiting.isEmpty()) {
      List<Kept> some = new ArrayList<>();
      while (!waiting.isEmpty() && some.size() < KeepTraces.MOST) {
        some.add(waiting.remove());
      }
      collector.tell(new KeepTraces(some));
    }
    return this;
  }

  private Behavior<Object> onQuery(SpanQuery query) {
    query.replyTo().tell(new SpanReport(slot, generation, tracer.find(query.traces())));
    return this;
  }
}
