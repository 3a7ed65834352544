package dev.troupe.node.registry;

import dev.troupe.protocol.registry.DataReport;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.jspecify.annotations.Nullable;

/** Makes views of the cluster from membership events and Distributed Data. Not thread-safe. */
final class RegistryState {
  /** The longest time between two views in a process that is not paused. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(1);

  private final Address self;
  private final long suspectAfterNanos;
  private final PauseDetector pauses;
  private final Map<UniqueAddress, Member> members = new HashMap<>();
  private final Set<UniqueAddress> unreachable = new HashSet<>();
  private final Map<UniqueAddress, DeathCause> died = new HashMap<>();
  private final Map<String, HeartbeatArrival> arrivals = new HashMap<>();
  private final Map<String, Long> requests = new HashMap<>();
  private final Map<String, Long> errors = new HashMap<>();
  private Map<String, ServiceDescriptor> descriptors = Map.of();
  private Map<String, Registration> registrations = Map.of();
  private Map<String, Integer> configured = Map.of();
  private @Nullable Address leader;
  private boolean synced;

  RegistryState(Address self, Duration suspectAfter) {
    this.self = self;
    this.suspectAfterNanos = suspectAfter.toNanos();
    Duration half = suspectAfter.dividedBy(2);
    this.pauses = new PauseDetector(half.compareTo(LONGEST_GAP) < 0 ? LONGEST_GAP : half);
  }

  /** Applies an event of cluster membership; returns whether it can change the view. */
  boolean apply(ClusterEvent.ClusterDomainEvent event) {
    if (event instanceof ClusterEvent.MemberRemoved removed) {
      removed(removed.member());
    } else if (event instanceof ClusterEvent.MemberEvent changed) {
      member(changed.member());
    } else if (event instanceof ClusterEvent.UnreachableMember lost) {
      reachable(lost.member(), false);
    } else if (event instanceof ClusterEvent.ReachableMember back) {
      reachable(back.member(), true);
    } else if (event instanceof ClusterEvent.LeaderChanged changed) {
      leader(changed.getLeader());
    } else {
      return false;
    }
    return true;
  }

  void member(Member member) {
    members.put(member.uniqueAddress(), member);
  }

  void removed(Member member) {
    members.remove(member.uniqueAddress());
    unreachable.remove(member.uniqueAddress());
    died.remove(member.uniqueAddress());
  }

  /** The process of the member has ended; the end of its membership follows later. */
  void died(String address, DeathCause cause) {
    members.keySet().stream()
        .filter(member -> member.address().toString().equals(address))
        .forEach(
            member ->
                died.merge(member, cause, (old, next) -> next == DeathCause.UNKNOWN ? old : next));
  }

  void reachable(Member member, boolean reachable) {
    if (reachable) {
      unreachable.remove(member.uniqueAddress());
      return;
    }
    unreachable.add(member.uniqueAddress());
  }

  /** Whether the member is known to be gone, or to be leaving. */
  boolean isDead(Member member) {
    MemberStatus status = members.getOrDefault(member.uniqueAddress(), member).status();
    return died.containsKey(member.uniqueAddress())
        || status.equals(MemberStatus.leaving())
        || status.equals(MemberStatus.exiting())
        || status.equals(MemberStatus.down())
        || status.equals(MemberStatus.removed());
  }

  void leader(@Nullable Address address) {
    leader = address;
  }

  Set<String> services() {
    return descriptors.keySet();
  }

  void descriptors(Map<String, ServiceDescriptor> descriptors) {
    this.descriptors = Map.copyOf(descriptors);
  }

  void configured(Map<String, Integer> configured) {
    this.configured = Map.copyOf(configured);
  }

  void registrations(Map<String, Registration> registrations) {
    this.registrations = Map.copyOf(registrations);
  }

  /**
   * Stores the newest heartbeats. Silence counts from the time at which a heartbeat was sent, not
   * from its arrival: the heartbeat may come late through other nodes, and its instance may have
   * died since.
   */
  void heartbeats(Map<String, Heartbeat> heartbeats, long nowNanos) {
    arrivals.keySet().retainAll(heartbeats.keySet());
    heartbeats.forEach(
        (slot, beat) ->
            arrivals.compute(
                slot,
                (key, old) ->
                    old == null
                        ? HeartbeatArrival.first(beat, nowNanos)
                        : old.then(beat, nowNanos)));
  }

  /**
   * Stores the heartbeat for which {@code pulse} stands. A pulse of a process whose heartbeat has
   * not come yet, or that another process has replaced, says nothing.
   *
   * @return how long the instance had been silent before; zero if the pulse says nothing
   */
  Duration pulse(Pulse pulse, long nowNanos) {
    HeartbeatArrival last = arrivals.get(pulse.slot());
    if (last == null || last.heartbeat().generation() != pulse.generation()) {
      return Duration.ZERO;
    }
    arrivals.put(pulse.slot(), last.then(last.heartbeat().with(pulse), nowNanos));
    return Duration.ofNanos(pauses.silentNanos(last.atNanos(), nowNanos));
  }

  /** The address of the member that has sent {@code pulse}, if it is known. */
  Optional<String> sender(Pulse pulse) {
    return Optional.ofNullable(registrations.get(pulse.slot()))
        .filter(registration -> registration.generation() == pulse.generation())
        .map(Registration::address)
        .filter(
            address ->
                members.keySet().stream()
                    .anyMatch(member -> member.address().toString().equals(address)));
  }

  /**
   * What this node holds of each slot, sorted by slot, whether its process lives or not.
   *
   * @param limit how many entries at most
   */
  List<DataReport.Entry> entries(int limit, long nowNanos) {
    return slots().limit(limit).map(slot -> entry(slot, nowNanos)).toList();
  }

  /** How many slots this node holds an entry of. */
  int entryCount() {
    return (int) slots().count();
  }

  private Stream<String> slots() {
    return Stream.concat(registrations.keySet().stream(), arrivals.keySet().stream())
        .distinct()
        .sorted();
  }

  private DataReport.Entry entry(String slot, long nowNanos) {
    Registration registration = registrations.get(slot);
    HeartbeatArrival beat = arrivals.get(slot);
    return new DataReport.Entry(
        slot,
        registration == null ? 0 : registration.generation(),
        beat == null ? 0 : beat.heartbeat().generation(),
        beat == null ? 0 : beat.heartbeat().sequence(),
        beat == null
            ? 0
            : TimeUnit.NANOSECONDS.toMillis(pauses.silentNanos(beat.atNanos(), nowNanos)));
  }

  /** This node has read what the other nodes know. */
  void synced() {
    synced = true;
  }

  boolean isSynced() {
    return synced;
  }

  void requests(String service, long total) {
    requests.put(service, total);
  }

  void errors(String service, long total) {
    errors.put(service, total);
  }

  /**
   * @return how long this process was stopped before this call; zero if it ran
   */
  Duration observe(long nowNanos) {
    return pauses.observe(nowNanos);
  }

  RegistryView view(long nowNanos) {
    List<MemberView> byAge = memberViews();
    Map<String, MemberView> byAddress = new HashMap<>();
    // Of two members with one address, the younger may be alive; it replaces the older in the map.
    byAge.forEach(member -> byAddress.put(member.address(), member));
    Map<String, ServiceView> services = new HashMap<>();
    descriptors.forEach(
        (name, descriptor) ->
            services.put(
                name,
                new ServiceView(
                    descriptor, requests.getOrDefault(name, 0L), errors.getOrDefault(name, 0L))));
    List<InstanceView> instances =
        registrations.values().stream()
            .filter(registration -> isAlive(registration, byAddress))
            .sorted(Comparator.comparing(Registration::slot))
            .map(registration -> instance(registration, byAddress, nowNanos))
            .toList();
    Map<String, DeathCause> deaths = new HashMap<>();
    died.forEach((member, cause) -> deaths.put(member.address().toString(), cause));
    return new RegistryView(byAge, services, instances, configured, deaths, synced);
  }

  private boolean isAlive(Registration registration, Map<String, MemberView> byAddress) {
    HeartbeatArrival beat = arrivals.get(registration.slot());
    MemberView member = byAddress.get(registration.address());
    return beat != null
        && beat.heartbeat().generation() == registration.generation()
        && member != null
        && member.roles().contains(registration.service())
        && !member.isDown()
        && died.keySet().stream()
            .noneMatch(dead -> dead.address().toString().equals(member.address()));
  }

  private InstanceView instance(
      Registration registration, Map<String, MemberView> byAddress, long nowNanos) {
    HeartbeatArrival beat = arrivals.get(registration.slot());
    long silence = pauses.silentNanos(beat.atNanos(), nowNanos);
    return new InstanceView(
        registration,
        beat.heartbeat(),
        byAddress.get(registration.address()),
        Duration.ofNanos(silence),
        silence > suspectAfterNanos);
  }

  private List<MemberView> memberViews() {
    List<Member> byAge =
        members.values().stream()
            .sorted((a, b) -> a.equals(b) ? 0 : a.isOlderThan(b) ? -1 : 1)
            .toList();
    return IntStream.range(0, byAge.size())
        .mapToObj(index -> memberView(byAge.get(index), index + 1))
        .toList();
  }

  /** The roles of the member without those that Pekko adds. */
  static Set<String> roles(Member member) {
    return member.getRoles().stream()
        .filter(role -> !role.startsWith("dc-"))
        .collect(Collectors.toSet());
  }

  private MemberView memberView(Member member, int age) {
    return new MemberView(
        member.address().toString(),
        roles(member),
        member.status().toString(),
        !unreachable.contains(member.uniqueAddress()),
        age,
        member.address().equals(leader),
        member.address().equals(self));
  }
}
