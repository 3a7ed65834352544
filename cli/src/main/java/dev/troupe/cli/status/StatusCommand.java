package dev.troupe.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.deploy.RunningVersions;
import dev.troupe.cli.display.StatusText;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: shows what runs, and why other slots do not. */
@Command(
    name = "status",
    description = "Shows each slot with its process, state, restarts and reason.")
public final class StatusCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(names = "--json", description = "Prints the status as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path home = homeOption.path();
    PrintWriter out = spec.commandLine().getOut();
    SeedRequest request = new SeedRequest(homeOption);
    if (json) {
      String status = new String(request.ask(ControlClient::statusJson), UTF_8).strip();
      out.println(withSettings(status, home));
      return ExitCode.OK.code();
    }
    StatusText.lines(request.status(), Instant.now()).forEach(out::println);
    new RunningVersions(home).all().forEach((service, slots) -> mixed(service, slots, out));
    if (differ(home)) {
      out.printf(
          "Settings: %s was changed since the cluster took its settings. Apply it with: %s%n",
          home.resolve(SettingsLoader.FILE), homeOption.commandLine("reload"));
    }
    return ExitCode.OK.code();
  }

  // All slots of a service run one version, unless a deployment is under way or was cut short.
  private static void mixed(String service, Map<String, String> slots, PrintWriter out) {
    if (Set.copyOf(slots.values()).size() > 1) {
      out.printf(
          "Versions of %s: %s%n",
          service,
          slots.entrySet().stream()
              .map(slot -> slot.getKey() + " runs " + RunningVersions.text(slot.getValue()))
              .collect(Collectors.joining(", ")));
    }
  }

  // The command adds this field: the seed node does not read the settings file while it runs.
  private static String withSettings(String json, Path home) {
    return json.endsWith("}")
        ? json.substring(0, json.length() - 1) + ",\"settings_changed\":" + differ(home) + "}"
        : json;
  }

  private static boolean differ(Path home) {
    try {
      return SettingsSnapshot.find(home).filter(SettingsSnapshot::differsFromFile).isPresent();
    } catch (SettingsException damaged) {
      return true;
    }
  }
}
