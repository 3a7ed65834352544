package dev.troupe.node.registry;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;

/**
 * Tells all nodes which services the settings of the cluster have, and makes them forget the paths
 * of all others. It runs on the seed node, whose settings are the newest.
 */
public final class ConfiguredServicesWriter
    extends AbstractBehavior<ConfiguredServicesWriter.Command> {
  /** What the writer can be told. */
  public sealed interface Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum Pause implements Command {
    INSTANCE
  }

  /** A process that writes something else each second must not make this node do so faster. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TimerScheduler<Command> timers;
  private final Map<String, Integer> instances;
  private final ActorRef<Replicator.Command> replicator;
  private final ActorRef<Replicator.UpdateResponse<?>> ignoredReplies;
  private final SelfUniqueAddress self;
  private RegistryView view = RegistryView.EMPTY;

  private ConfiguredServicesWriter(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Map<String, Integer> instances,
      ActorRef<RegistryActor.Command> registry) {
    super(context);
    this.timers = timers;
    this.instances = Map.copyOf(instances);
    DistributedData data = DistributedData.get(context.getSystem());
    this.replicator = data.replicator();
    this.self = data.selfUniqueAddress();
    this.ignoredReplies = context.getSystem().ignoreRef();
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * Writes when the registry has read what the other nodes know, and again whenever it shows
   * something else.
   *
   * @param instances that the settings ask for, by service
   */
  public static Behavior<Command> create(
      Map<String, Integer> instances, ActorRef<RegistryActor.Command> registry) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ConfiguredServicesWriter(context, timers, instances, registry)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ViewChanged.class, this::onViewChanged)
        .onMessageEquals(Pause.INSTANCE, this::writeIfNeeded)
        .build();
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    view = changed.view();
    return timers.isTimerActive(Pause.INSTANCE) ? this : writeIfNeeded();
  }

  private Behavior<Command> writeIfNeeded() {
    boolean right =
        view.configured().equals(instances)
            && instances.keySet().containsAll(view.services().keySet());
    if (view.synced() && !right) {
      update(RegistryKeys.CONFIGURED, this::configured);
      update(RegistryKeys.DESCRIPTORS, this::withoutOthers);
      timers.startSingleTimer(Pause.INSTANCE, PAUSE);
    }
    return this;
  }

  private LWWMap<String, Integer> configured(LWWMap<String, Integer> before) {
    LWWMap<String, Integer> map = withoutOthers(before);
    for (var service : instances.entrySet()) {
      if (!map.get(service.getKey()).contains(service.getValue())) {
        map = map.put(self, service.getKey(), service.getValue(), (current, value) -> current + 1);
      }
    }
    return map;
  }

  private <V> LWWMap<String, V> withoutOthers(LWWMap<String, V> before) {
    LWWMap<String, V> map = before;
    Set<String> others = new HashSet<>(before.getEntries().keySet());
    others.removeAll(instances.keySet());
    for (String service : others) {
      map = map.remove(self, service);
    }
    return map;
  }

  private <V> void update(
      Key<LWWMap<String, V>> key, Function<LWWMap<String, V>, LWWMap<String, V>> change) {
    replicator.tell(
        new Replicator.Update<>(
            key, LWWMap.create(), RegistryWriter.TO_ALL, ignoredReplies.unsafeUpcast(), change));
  }
}
