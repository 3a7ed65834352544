package dev.troupe.node.health;

import dev.troupe.node.registry.RegistryWriter;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.Pulse;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the heartbeats of one instance, and writes its counters. Not thread-safe.
 *
 * <p>A heartbeat that tells nothing new is sent as a pulse, which costs each node a message or two.
 * The others, and one every {@link #REST_INTERVAL}, are written to Distributed Data, which costs
 * several messages of each node. Figures about calls are written every {@link #WRITE_INTERVAL} at
 * most.
 */
final class HeartbeatWriter {
  private static final Duration WRITE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration REST_INTERVAL = Duration.ofMinutes(1);

  private final String slot;
  private final int generation;
  private final RegistryWriter registry;
  private final Consumer<Pulse> pulses;
  private final CallCounters counters;
  private final Supplier<Map<String, CallReport>> calls;
  private final long startedNanos = System.nanoTime();
  private long sequence;
  private @Nullable Heartbeat last;
  private @Nullable Heartbeat written;

  /**
   * @param pulses sends them to all nodes
   * @param calls the reports about the calls that this node makes, by service
   */
  HeartbeatWriter(
      String slot,
      int generation,
      RegistryWriter registry,
      Consumer<Pulse> pulses,
      CallCounters counters,
      Supplier<Map<String, CallReport>> calls) {
    this.slot = slot;
    this.generation = generation;
    this.registry = registry;
    this.pulses = pulses;
    this.counters = counters;
    this.calls = calls;
  }

  /**
   * Sends a heartbeat.
   *
   * @param reach {@link RegistryWriter.Reach#ALL} if {@code say} is new
   */
  void beat(RegistryWriter.Reach reach, HeartbeatPublisher.Say say) {
    Heartbeat next = next(say);
    last = next;
    if (reach == RegistryWriter.Reach.LOCAL) {
      pulses.accept(next.pulse(slot));
    }
    if (reach == RegistryWriter.Reach.ALL || isDue(next)) {
      registry.heartbeat(next, reach);
      written = next;
    }
  }

  /**
   * Tells all nodes that this process lives, and nothing about its state: they go on counting its
   * silence.
   */
  void live() {
    if (last != null) {
      pulses.accept(last.pulse(slot));
    }
  }

  private Heartbeat next(HeartbeatPublisher.Say say) {
    sequence++;
    return new Heartbeat(
        generation,
        sequence,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos),
        Instant.now(),
        say.state(),
        say.reason(),
        say.degraded(),
        counters.inFlight(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        cpuSeconds(),
        calls.get(),
        counters.dead());
  }

  private boolean isDue(Heartbeat next) {
    return written == null || isDue(next, written);
  }

  static boolean isDue(Heartbeat next, Heartbeat last) {
    long age = next.uptimeMillis() - last.uptimeMillis();
    return age >= REST_INTERVAL.toMillis()
        || (age >= WRITE_INTERVAL.toMillis() && !next.calls().equals(last.calls()))
        || !Objects.equals(next.reason(), last.reason())
        || !next.dead().equals(last.dead())
        || !restrictions(next).equals(restrictions(last));
  }

  /** What people and alerts want to know at once of the calls that the instance makes. */
  private static Map<String, List<?>> restrictions(Heartbeat heartbeat) {
    Map<String, List<?>> restrictions = new HashMap<>();
    heartbeat
        .calls()
        .forEach(
            (service, report) ->
                restrictions.put(
                    service,
                    List.of(
                        report.circuitBreaker().state(),
                        report.waitingRoom().requests() > 0,
                        report.suspendedActions().size())));
    return restrictions;
  }

  void count() {
    registry.counters(counters.requests(), counters.errors());
  }

  private static double cpuSeconds() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return system.getProcessCpuTime() / 1e9;
    }
    return 0;
  }
}
