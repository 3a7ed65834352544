package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.jspecify.annotations.Nullable;

/** Writes the entries of one instance to Distributed Data. Not thread-safe. */
public final class RegistryWriter {
  /** Which nodes an entry is written to at once. */
  public enum Reach {
    /** This node; the others get the entry by gossip, within seconds. */
    LOCAL,
    /** All nodes, because a gateway may hold requests until it has the entry. */
    ALL
  }

  static final Replicator.WriteConsistency TO_ALL = new Replicator.WriteAll(Duration.ofMillis(500));

  private final ActorRef<Replicator.Command> replicator;
  private final ActorRef<Replicator.UpdateResponse<?>> ignoredReplies;
  private final SelfUniqueAddress self;
  private final Registration registration;
  private final EntryClock<Registration> registrationClock;
  private final EntryClock<Heartbeat> heartbeatClock;
  private long writtenRequests;
  private long writtenErrors;

  public RegistryWriter(ActorSystem<?> system, Registration registration) {
    DistributedData data = DistributedData.get(system);
    this.replicator = data.replicator();
    this.self = data.selfUniqueAddress();
    this.ignoredReplies = system.ignoreRef();
    this.registration = registration;
    this.registrationClock = new EntryClock<>(registration.generation());
    this.heartbeatClock = new EntryClock<>(registration.generation());
  }

  /** Writes the descriptor of the service, which outlives its instances. */
  public void descriptor(ServiceDescriptor descriptor) {
    update(RegistryKeys.DESCRIPTORS, LWWMap.create(), Reach.ALL, map -> described(map, descriptor));
  }

  private LWWMap<String, ServiceDescriptor> described(
      LWWMap<String, ServiceDescriptor> map, ServiceDescriptor descriptor) {
    return map.get(descriptor.service()).contains(descriptor)
        ? map
        : map.put(self, descriptor.service(), descriptor, (current, value) -> current + 1);
  }

  /**
   * Takes back the descriptor of the service, unless another one has replaced it.
   *
   * @param earlier what to write in its place; nothing if null
   */
  void withdrawDescriptor(ServiceDescriptor withdrawn, @Nullable ServiceDescriptor earlier) {
    update(
        RegistryKeys.DESCRIPTORS,
        LWWMap.create(),
        Reach.ALL,
        map -> {
          if (!map.get(withdrawn.service()).contains(withdrawn)) {
            return map;
          }
          return earlier == null ? map.remove(self, withdrawn.service()) : described(map, earlier);
        });
  }

  public void registration() {
    update(
        RegistryKeys.REGISTRATIONS,
        LWWMap.create(),
        Reach.ALL,
        map -> map.put(self, registration.slot(), registration, registrationClock));
  }

  public void heartbeat(Heartbeat heartbeat, Reach reach) {
    update(
        RegistryKeys.HEARTBEATS,
        LWWMap.create(),
        reach,
        map -> map.put(self, registration.slot(), heartbeat, heartbeatClock));
  }

  /**
   * Adds what this instance has counted since the last call to the counters of its service.
   *
   * @param requests answered by this process since its start
   * @param errors those of the requests that failed by the service's own fault
   */
  public void counters(long requests, long errors) {
    increment(RegistryKeys.requests(registration.service()), requests - writtenRequests);
    increment(RegistryKeys.errors(registration.service()), errors - writtenErrors);
    writtenRequests = requests;
    writtenErrors = errors;
  }

  private void increment(Key<GCounter> key, long growth) {
    if (growth > 0) {
      update(key, GCounter.create(), Reach.LOCAL, counter -> counter.increment(self, growth));
    }
  }

  private <D extends ReplicatedData> void update(
      Key<D> key, D initial, Reach reach, Function<D, D> change) {
    replicator.tell(
        new Replicator.Update<>(
            key,
            initial,
            reach == Reach.ALL ? TO_ALL : Replicator.writeLocal(),
            ignoredReplies.unsafeUpcast(),
            change));
  }

  /**
   * Decides which of two entries of a slot is the later one, without the time of day: the entry of
   * the later generation; within one generation, the entry that was written later. A process whose
   * generations were counted from 1 again still comes after the entry that it finds. The replicator
   * calls one clock from one thread at a time.
   */
  static final class EntryClock<V> implements LWWRegister.Clock<V> {
    private static final int SEQUENCE_BITS = 32;

    private final int generation;
    private long epoch;
    private long sequence;

    EntryClock(int generation) {
      this.generation = generation;
    }

    @Override
    public long apply(long currentTimestamp, V value) {
      if (epoch == 0) {
        epoch = Math.max(generation, (currentTimestamp >>> SEQUENCE_BITS) + 1);
      }
      sequence++;
      return (epoch << SEQUENCE_BITS) | sequence;
    }
  }
}
