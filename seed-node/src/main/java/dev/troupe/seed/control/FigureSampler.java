package dev.troupe.seed.control;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.registry.Heartbeat;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes figures of each second from what heartbeats and counters say since the process began. Not
 * thread-safe.
 */
final class FigureSampler {
  private static final double NANOS = 1e9;

  private Map<String, Heartbeat> beats = Map.of();
  private Map<String, ServiceView> counters = Map.of();
  private long sampledNanos;

  /**
   * The figures of a cluster.
   *
   * @param slots by name, without those whose process is not known
   * @param requestsPerSecond answered, of all services together
   */
  record Figures(
      double requestsPerSecond,
      double errorsPerSecond,
      Map<String, SlotFigures> slots,
      Map<String, ServiceFigures> services) {}

  /**
   * @param cpu share of one processor since the last sample; null without an earlier sample
   * @param inFlight requests that the process has and has not answered
   */
  record SlotFigures(@Nullable Double cpu, long heapBytes, int inFlight) {}

  /** What all instances of a service do together. */
  record ServiceFigures(double requestsPerSecond, double errorsPerSecond) {}

  /**
   * Takes a sample.
   *
   * @param nowNanos like {@link System#nanoTime()}
   */
  Figures sample(RegistryView view, long nowNanos) {
    Map<String, SlotFigures> slots = new TreeMap<>();
    Map<String, Heartbeat> newBeats = new HashMap<>();
    for (InstanceView instance : view.instances()) {
      Heartbeat beat = instance.heartbeat();
      newBeats.put(instance.slot(), beat);
      slots.put(
          instance.slot(),
          new SlotFigures(
              cpu(beats.get(instance.slot()), beat), beat.heapBytes(), beat.inFlight()));
    }
    Map<String, ServiceFigures> services = new TreeMap<>();
    double seconds = (nowNanos - sampledNanos) / NANOS;
    view.services()
        .forEach(
            (name, service) ->
                services.put(
                    name,
                    new ServiceFigures(
                        rate(name, service, ServiceView::requests, seconds),
                        rate(name, service, ServiceView::errors, seconds))));
    beats = newBeats;
    counters = view.services();
    sampledNanos = nowNanos;
    return new Figures(
        sum(services, ServiceFigures::requestsPerSecond),
        sum(services, ServiceFigures::errorsPerSecond),
        slots,
        services);
  }

  /** The next sample is a first one. */
  void forget() {
    beats = Map.of();
    counters = Map.of();
  }

  private static @Nullable Double cpu(@Nullable Heartbeat before, Heartbeat now) {
    if (before == null || before.generation() != now.generation()) {
      return null;
    }
    long millis = now.uptimeMillis() - before.uptimeMillis();
    return millis <= 0 ? null : (now.cpuSeconds() - before.cpuSeconds()) * 1000 / millis;
  }

  private double rate(
      String name, ServiceView now, ToLongFunction<ServiceView> total, double seconds) {
    ServiceView before = counters.get(name);
    return before == null
        ? 0
        : Math.max(0, total.applyAsLong(now) - total.applyAsLong(before)) / seconds;
  }

  private static double sum(
      Map<String, ServiceFigures> services, ToDoubleFunction<ServiceFigures> figure) {
    return services.values().stream().mapToDouble(figure).sum();
  }
}
