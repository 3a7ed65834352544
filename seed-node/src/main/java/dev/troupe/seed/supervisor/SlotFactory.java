package dev.troupe.seed.supervisor;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.process.ProcessLauncher;
import dev.troupe.seed.slot.Membership;
import dev.troupe.seed.slot.SlotActor;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Makes the slots the settings ask for. */
public final class SlotFactory {
  private final Settings settings;
  private final Map<String, Integer> scaled;
  private final ProcessLauncher launcher;
  private final Membership membership;
  private final Clock clock;

  /**
   * @param scaled how many slots a service has, where it is not what the settings say
   */
  public SlotFactory(
      Settings settings,
      Map<String, Integer> scaled,
      ProcessLauncher launcher,
      Membership membership,
      Clock clock) {
    this.settings = settings;
    this.scaled = Map.copyOf(scaled);
    this.launcher = launcher;
    this.membership = membership;
    this.clock = clock;
  }

  /** All slots but the seed's own that there are at first, in start order. */
  List<SlotSpec> specs() {
    Stream<SlotSpec> gateways = specs(NodeNames.GATEWAY, settings.gateway().instances());
    Stream<SlotSpec> services =
        settings.services().stream()
            .map(ServiceSettings::name)
            .flatMap(
                service ->
                    specs(service, scaled.getOrDefault(service, configuredInstances(service))));
    return Stream.concat(gateways, services).toList();
  }

  /**
   * @param service of the settings, or the gateway
   * @param index from 1
   */
  SlotSpec spec(String service, int index) {
    RestartSettings restart =
        settings.service(service).map(ServiceSettings::restart).orElse(settings.restart());
    return new SlotSpec(
        service + "-" + index,
        service,
        restart,
        settings.health(),
        settings.stop(),
        settings.startTimeout());
  }

  /** How many slots of {@code service} the settings ask for; 0 if they do not know it. */
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

  /** Whether this is one of the first slots. */
  public boolean knows(String slot) {
    return specs().stream().anyMatch(spec -> spec.slot().equals(slot));
  }

  Behavior<SlotActor.Command> slot(
      SlotSpec spec, Inheritance inheritance, ActorRef<SlotStatus> watcher) {
    int generation = inheritance.generation(spec.slot());
    return inheritance
        .process(spec.slot())
        .map(
            process ->
                SlotActor.adopt(spec, generation, process, launcher, membership, watcher, clock))
        .orElseGet(() -> SlotActor.create(spec, generation, launcher, membership, watcher, clock));
  }

  Dependencies dependencies() {
    return new Dependencies(
        settings.services().stream()
            .collect(Collectors.toMap(ServiceSettings::name, ServiceSettings::dependsOn)));
  }

  private Stream<SlotSpec> specs(String service, int instances) {
    return IntStream.rangeClosed(1, instances).mapToObj(index -> spec(service, index));
  }
}
