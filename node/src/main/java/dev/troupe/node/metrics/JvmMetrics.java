package dev.troupe.node.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Map;

/** Memory, garbage collection, threads, classes and CPU of this process. */
final class JvmMetrics implements MetricSource {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  @Override
  public void addTo(MetricSamples samples) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory(samples, "heap", memory.getHeapMemoryUsage());
    memory(samples, "non_heap", memory.getNonHeapMemoryUsage());
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      Map<String, String> labels = Map.of("jvm_gc_name", collector.getName());
      samples.counter(
          "jvm_gc_collections",
          "Garbage collections.",
          labels,
          (double) Math.max(0, collector.getCollectionCount()));
      samples.counter(
          "jvm_gc_time_seconds",
          "Time that garbage collections have taken.",
          labels,
          Math.max(0, collector.getCollectionTime()) / MILLIS);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    gauge(samples, "jvm_threads_current", "Live threads.", threads.getThreadCount());
    gauge(samples, "jvm_threads_daemon", "Live daemon threads.", threads.getDaemonThreadCount());
    gauge(samples, "jvm_threads_peak", "The most live threads.", threads.getPeakThreadCount());
    gauge(
        samples,
        "jvm_classes_loaded",
        "Classes that the JVM has loaded now.",
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    process(samples);
  }

  private static void memory(MetricSamples samples, String type, MemoryUsage usage) {
    Map<String, String> labels = Map.of("jvm_memory_type", type);
    samples.gauge(
        "jvm_memory_used_bytes", "Memory that the JVM uses.", labels, (double) usage.getUsed());
    samples.gauge(
        "jvm_memory_committed_bytes",
        "Memory that the operating system has given the JVM.",
        labels,
        (double) usage.getCommitted());
    if (usage.getMax() >= 0) {
      samples.gauge(
          "jvm_memory_limit_bytes",
          "The most memory that the JVM may use.",
          labels,
          (double) usage.getMax());
    }
  }

  private static void process(MetricSamples samples) {
    gauge(
        samples,
        "process_start_time_seconds",
        "When the process was started, since 1970.",
        ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    gauge(
        samples,
        "jvm_cpu_available",
        "Processors that the JVM may use.",
        system.getAvailableProcessors());
    if (system instanceof com.sun.management.OperatingSystemMXBean jdk) {
      samples.counter(
          "process_cpu_seconds",
          "CPU time of the process since its start.",
          Map.of(),
          Math.max(0, jdk.getProcessCpuTime()) / NANOS);
    }
    if (system instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
      gauge(samples, "process_open_fds", "Open files.", (double) unix.getOpenFileDescriptorCount());
      gauge(
          samples,
          "process_max_fds",
          "The most open files.",
          (double) unix.getMaxFileDescriptorCount());
    }
  }

  private static void gauge(MetricSamples samples, String name, String help, double value) {
    samples.gauge(name, help, Map.of(), value);
  }
}
