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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Makes the slots the settings ask for. */
public final class SlotFactory {
  private final Settings settings;
  private final ProcessLauncher launcher;
  private final Membership membership;
  private final Clock clock;

  public SlotFactory(
      Settings settings, ProcessLauncher launcher, Membership membership, Clock clock) {
    this.settings = settings;
    this.launcher = launcher;
    this.membership = membership;
    this.clock = clock;
  }

  /** All slots but the seed's own, in start order. */
  List<SlotSpec> specs() {
    Stream<SlotSpec> services =
        settings.services().stream()
            .flatMap(service -> specs(service.name(), service.instances(), service.restart()));
    Stream<SlotSpec> gateways =
        specs(NodeNames.GATEWAY, settings.gateway().instances(), settings.restart());
    return Stream.concat(gateways, services).toList();
  }

  public List<String> names() {
    return specs().stream().map(SlotSpec::slot).toList();
  }

  /** Whether the settings ask for this slot. */
  public boolean knows(String slot) {
    return names().contains(slot);
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

  private Stream<SlotSpec> specs(String service, int instances, RestartSettings restart) {
    return IntStream.rangeClosed(1, instances)
        .mapToObj(
            index ->
                new SlotSpec(
                    service + "-" + index,
                    service,
                    restart,
                    settings.health(),
                    settings.stop(),
                    settings.startTimeout()));
  }
}
