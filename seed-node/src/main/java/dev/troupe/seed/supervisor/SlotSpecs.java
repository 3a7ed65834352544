package dev.troupe.seed.supervisor;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.settings.ProgramSettings;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.StopSettings;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The slots the settings ask for, and those an operator may ask for. */
public final class SlotSpecs {
  // From the launch of a process to the start of its JVM, on a machine under load.
  private static final Duration LAUNCH_TIME = Duration.ofSeconds(5);

  private final Settings settings;
  private final Map<String, Integer> scaled;

  /**
   * @param scaled the number of slots of each service that an operator has scaled
   */
  public SlotSpecs(Settings settings, Map<String, Integer> scaled) {
    this.settings = settings;
    this.scaled = Map.copyOf(scaled);
  }

  /** The slots that exist at the start, without that of the seed node, in start order. */
  List<SlotSpec> first() {
    Stream<SlotSpec> gateways = of(NodeNames.GATEWAY, settings.gateway().instances());
    Stream<SlotSpec> services =
        settings.services().stream()
            .map(ServiceSettings::name)
            .flatMap(
                service -> of(service, scaled.getOrDefault(service, configuredInstances(service))));
    return Stream.concat(gateways, services).toList();
  }

  /**
   * @param service the name of a service in the settings, or that of the gateway
   * @param index from 1
   */
  SlotSpec spec(String service, int index) {
    return new SlotSpec(
        service + "-" + index,
        service,
        settings.restart(service),
        settings.health(),
        stop(service),
        startTimeout(service));
  }

  // The host of a program ends by itself at the start timeout and says what it has waited for.
  // Its last probe may take a heartbeat timeout.
  private Duration startTimeout(String service) {
    Duration timeout = settings.startTimeout();
    return program(service).isPresent()
        ? timeout.plus(settings.health().heartbeatTimeout()).plus(LAUNCH_TIME)
        : timeout;
  }

  // The host of a program ends after its program, which has a time of its own for that.
  private StopSettings stop(String service) {
    StopSettings stop = settings.stop();
    return program(service)
        .map(
            program ->
                new StopSettings(stop.drainTimeout(), stop.grace().plus(program.stopTimeout())))
        .orElse(stop);
  }

  private Optional<ProgramSettings> program(String service) {
    return settings.service(service).map(ServiceSettings::program);
  }

  /** How many slots the settings ask for; 0 if {@code service} is not in the settings. */
  int configuredInstances(String service) {
    return settings.service(service).map(ServiceSettings::instances).orElse(0);
  }

  Map<String, Integer> scaled() {
    return scaled;
  }

  /** The services that can be scaled. */
  List<String> services() {
    return settings.services().stream().map(ServiceSettings::name).toList();
  }

  /** Whether the slot exists at the start. */
  public boolean knows(String slot) {
    return first().stream().anyMatch(spec -> spec.slot().equals(slot));
  }

  Dependencies dependencies() {
    return new Dependencies(
        settings.services().stream()
            .collect(Collectors.toMap(ServiceSettings::name, ServiceSettings::dependsOn)));
  }

  private Stream<SlotSpec> of(String service, int instances) {
    return IntStream.rangeClosed(1, instances).mapToObj(index -> spec(service, index));
  }
}
