package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.ServiceSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.ReplicatedData;

/**
 * Validates the entries of Distributed Data, since any process that can connect to this node can
 * write them. An entry of the wrong type, or one that contradicts itself, is left out and reported
 * once.
 */
final class RegistryEntries {
  private static final int MOST_REPORTS = 100;

  private final Consumer<String> report;
  private final Set<String> reported = new HashSet<>();

  /**
   * @param report gets one message for each entry that is left out
   */
  RegistryEntries(Consumer<String> report) {
    this.report = report;
  }

  /** Stores the valid entries under one key in {@code state}. */
  void apply(Key<?> key, ReplicatedData data, RegistryState state, long nowNanos) {
    if (key.equals(RegistryKeys.DESCRIPTORS)) {
      state.descriptors(descriptors(data));
    } else if (key.equals(RegistryKeys.REGISTRATIONS)) {
      state.registrations(registrations(data));
    } else if (key.equals(RegistryKeys.HEARTBEATS)) {
      state.heartbeats(heartbeats(data), nowNanos);
    } else if (key.equals(RegistryKeys.CONFIGURED)) {
      state.configured(entries("configured", data, Integer.class, RegistryEntries::fault));
    } else {
      total(key.id(), data).ifPresent(total -> count(key, total, state));
    }
  }

  private static void count(Key<?> key, long total, RegistryState state) {
    for (String service : state.services()) {
      if (key.equals(RegistryKeys.requests(service))) {
        state.requests(service, total);
      } else if (key.equals(RegistryKeys.errors(service))) {
        state.errors(service, total);
      }
    }
  }

  Map<String, ServiceDescriptor> descriptors(ReplicatedData data) {
    return entries("descriptors", data, ServiceDescriptor.class, RegistryEntries::fault);
  }

  Map<String, Registration> registrations(ReplicatedData data) {
    return entries("registrations", data, Registration.class, RegistryEntries::fault);
  }

  Map<String, Heartbeat> heartbeats(ReplicatedData data) {
    return entries("heartbeats", data, Heartbeat.class, RegistryEntries::fault);
  }

  /** The value of a counter; empty if {@code data} is no counter. */
  Optional<Long> total(String key, ReplicatedData data) {
    if (data instanceof GCounter counter) {
      return Optional.of(counter.getValue().longValue());
    }
    leaveOut(key, "is a %s (expected: GCounter)".formatted(data.getClass().getSimpleName()));
    return Optional.empty();
  }

  private record Entry<V>(String key, V value) {}

  private <V> Map<String, V> entries(
      String key,
      ReplicatedData data,
      Class<V> type,
      Function<Entry<V>, Optional<String>> faultOf) {
    if (!(data instanceof LWWMap<?, ?> map)) {
      leaveOut(key, "is a %s (expected: LWWMap)".formatted(data.getClass().getSimpleName()));
      return Map.of();
    }
    Map<String, V> valid = new HashMap<>();
    map.getEntries()
        .forEach(
            (name, value) -> {
              if (!(name instanceof String text) || !type.isInstance(value)) {
                leaveOut(
                    key + "[" + name + "]",
                    "is a %s (expected: %s)"
                        .formatted(value.getClass().getName(), type.getSimpleName()));
                return;
              }
              Entry<V> entry = new Entry<>(text, type.cast(value));
              faultOf
                  .apply(entry)
                  .ifPresentOrElse(
                      fault -> leaveOut(key + "[" + name + "]", fault),
                      () -> valid.put(text, entry.value()));
            });
    return valid;
  }

  private void leaveOut(String what, String why) {
    if (reported.size() < MOST_REPORTS && reported.add(what)) {
      report.accept(what + " " + why);
    }
  }

  // Components of a record that came over the wire may be null, whatever their annotations say.
  @SuppressWarnings("ConstantValue")
  private static Optional<String> fault(Entry<?> entry) {
    if (entry.value() instanceof ServiceDescriptor descriptor) {
      return faultIf(
          !entry.key().equals(descriptor.service()), "names '" + descriptor.service() + "'");
    }
    if (entry.value() instanceof Heartbeat beat) {
      return faultIf(
          beat.generation() < 1 || beat.sequence() < 1 || beat.at() == null || beat.state() == null,
          "is incomplete: " + beat);
    }
    if (entry.value() instanceof Integer instances) {
      return faultIf(
          instances < 1 || instances > ServiceSettings.MOST_INSTANCES, "is " + instances);
    }
    return entry.value() instanceof Registration registration
        ? fault(entry.key(), registration)
        : Optional.of("is unknown");
  }

  @SuppressWarnings("ConstantValue")
  private static Optional<String> fault(String slot, Registration registration) {
    if (registration.service() == null
        || registration.address() == null
        || registration.version() == null
        || registration.startedAt() == null
        || registration.registeredAt() == null
        || registration.generation() < 1
        || registration.pid() < 1) {
      return Optional.of("is incomplete: " + registration);
    }
    if (!slot.equals(registration.slot()) || !slot.startsWith(registration.service() + "-")) {
      return Optional.of(
          "is of slot '%s' and service '%s'"
              .formatted(registration.slot(), registration.service()));
    }
    if (registration.endpoint() != null
        && registration.url() != null
        && !registration.url().startsWith("http://" + host(registration.address()) + ":")) {
      return Optional.of("takes requests at another host than that of " + registration.address());
    }
    return faultIf(
        registration.endpoint() != null
            && registration.endpoint().path().address().hasGlobalScope()
            && !registration.endpoint().path().address().toString().equals(registration.address()),
        "takes requests at another node than " + registration.address());
  }

  private static String host(String address) {
    return address.substring(address.indexOf('@') + 1, Math.max(0, address.lastIndexOf(':')));
  }

  private static Optional<String> faultIf(boolean isFault, String fault) {
    return isFault ? Optional.of(fault) : Optional.empty();
  }
}
