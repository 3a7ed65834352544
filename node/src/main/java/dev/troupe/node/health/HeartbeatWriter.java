package dev.troupe.node.health;

import dev.troupe.node.registry.RegistryWriter;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Writes the heartbeats and the counters of one instance. Not thread-safe. */
final class HeartbeatWriter {
  private final int generation;
  private final RegistryWriter registry;
  private final CallCounters counters;
  private final Supplier<Map<String, CallReport>> calls;
  private final long startedNanos = System.nanoTime();
  private long sequence;

  /**
   * @param calls the reports about the calls that this node makes, by service
   */
  HeartbeatWriter(
      int generation,
      RegistryWriter registry,
      CallCounters counters,
      Supplier<Map<String, CallReport>> calls) {
    this.generation = generation;
    this.registry = registry;
    this.counters = counters;
    this.calls = calls;
  }

  void beat(RegistryWriter.Reach reach, HeartbeatPublisher.Say say) {
    sequence++;
    registry.heartbeat(
        new Heartbeat(
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
            calls.get()),
        reach);
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
