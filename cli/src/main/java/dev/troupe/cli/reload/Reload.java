package dev.troupe.cli.reload;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.deploy.DroppedJars;
import dev.troupe.cli.deploy.ServiceJars;
import dev.troupe.cli.status.SeedReplacement;
import dev.troupe.cli.status.SeedRequest;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.ServiceVersions;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Performs a {@link ReloadPlan}. The earlier settings hold again if a step of it fails. */
final class Reload {
  private final HomeOption homeOption;
  private final Path home;
  private final SeedRequest request;
  private final PrintWriter out;

  Reload(HomeOption homeOption, SeedRequest request, PrintWriter out) {
    this.homeOption = homeOption;
    this.home = homeOption.path();
    this.request = request;
    this.out = out;
  }

  void run(ReloadPlan plan, SettingsSnapshot before, SettingsSnapshot after) throws IOException {
    if (plan.isEmpty()) {
      // The file may say the same in other words.
      after.write();
      return;
    }
    // The seed node that runs stops in order what is too much; another one would not know of it.
    for (var scaled : plan.scaled().entrySet()) {
      if (scaled.getValue() < request.status().slotsOf(scaled.getKey()).size()) {
        scale(scaled.getKey(), scaled.getValue());
      }
    }
    if (!plan.added().isEmpty()) {
      takeJars(plan.added());
    }
    Map<String, Integer> stopped = stop(plan.removed());
    after.write();
    replaceSeed();
    try {
      for (var scaled : plan.scaled().entrySet()) {
        scale(scaled.getKey(), scaled.getValue());
      }
      plan.restarted().keySet().forEach(service -> request.replaceAll(service, out));
      awaitReady(plan.added());
    } catch (CommandException e) {
      before.write();
      replaceSeed();
      stopped.forEach(this::scale);
      throw new CommandException(
          e.exitCode(),
          ("%s%nThe reload ends here, and the cluster has its earlier settings again. Services that"
                  + " were replaced already return to them with: %s")
              .formatted(e.getMessage(), homeOption.commandLine("restart --rolling SERVICE")));
    }
    if (plan.gateways().isPresent() && plan.singleGateway()) {
      out.printf(
          "The only gateway keeps its earlier settings, because its restart would interrupt new"
              + " connections. Restart it with: %s%n",
          homeOption.commandLine("restart gateway-1"));
    } else if (plan.gateways().isPresent()) {
      request.replaceAll(NodeNames.GATEWAY, out);
    }
    out.println("Reloaded.");
  }

  // In order, each process with the time for its requests: a seed node that does not know a service
  // kills its processes.
  private Map<String, Integer> stop(List<String> services) {
    Map<String, Integer> instances = new HashMap<>();
    for (String service : services) {
      instances.put(service, request.status().slotsOf(service).size());
      scale(service, 0);
    }
    return instances;
  }

  private void scale(String service, int instances) {
    long rollout = request.begin(seed -> seed.scale(service, instances));
    request.awaitEnd(out, service, rollout);
  }

  // Those of the running services stay as they are; a service that is added needs its own.
  private void takeJars(List<ServiceSettings> added) throws IOException {
    Optional<Deployment> running = Deployment.find(home);
    if (running.isPresent()) {
      new Deployment(home, running.get().lib(), new ServiceJars(home).copy()).write();
    }
    for (ServiceSettings service : added) {
      if (service.program() == null) {
        takeDropped(service.name());
      }
    }
  }

  private void takeDropped(String service) {
    try {
      new DroppedJars(new ServiceVersions(home, service)).makeCurrent();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "%s: %s. Nothing was changed".formatted(service, e.getMessage()));
    }
  }

  private void replaceSeed() {
    new SeedReplacement(home, request).run("replaced by order (bin/troupe reload)", out);
  }

  private void awaitReady(List<ServiceSettings> added) {
    List<String> names = added.stream().map(ServiceSettings::name).toList();
    if (!names.isEmpty()) {
      request.await(out, status -> okIfReady(names, status));
    }
  }

  private static Optional<ExitCode> okIfReady(List<String> services, ClusterStatus status) {
    List<SlotStatus> slots =
        status.slots().stream().filter(slot -> services.contains(slot.service())).toList();
    for (SlotStatus slot : slots) {
      if (slot.state() == SlotState.FAILED) {
        throw new CommandException(
            ExitCode.FAILED, "%s is failed: %s".formatted(slot.slot(), slot.reason()));
      }
    }
    boolean ready =
        !slots.isEmpty() && slots.stream().allMatch(slot -> slot.state() == SlotState.RUNNING);
    return ready ? Optional.of(ExitCode.OK) : Optional.empty();
  }
}
