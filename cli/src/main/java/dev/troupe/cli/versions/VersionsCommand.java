package dev.troupe.cli.versions;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.deploy.RunningVersions;
import dev.troupe.cli.deploy.VersionIntake;
import dev.troupe.cli.display.TextTable;
import dev.troupe.protocol.launch.ServiceVersion;
import dev.troupe.protocol.launch.ServiceVersions;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code versions}: lists the versions of a service that were taken in. */
@Command(
    name = "versions",
    description =
        "Lists the versions of a service that were taken in: the current one, and the slots that run"
            + " each.")
public final class VersionsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "SERVICE", description = "A service that application.conf names.")
  private String service = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path home = homeOption.path();
    ServiceVersions versions =
        new ServiceVersions(home, ServiceDeployment.service(home, service).name());
    Map<String, String> slots = new RunningVersions(home).of(service);
    try {
      if (versions.all().isEmpty()) {
        out.printf(
            "%s has no versions of its own: it runs from the jars in %s, or from those of Troupe."
                + " Take one in with: %s%n",
            service,
            home.resolve("services"),
            homeOption.commandLine("deploy %s FILE…".formatted(service)));
      } else {
        table(versions, slots).forEach(out::println);
      }
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, service + ": " + e.getMessage());
    }
    String others = slots(slots, RunningVersions.NONE);
    if (!others.isEmpty()) {
      out.printf("From other jars run: %s%n", others);
    }
    return ExitCode.OK.code();
  }

  private static List<String> table(ServiceVersions versions, Map<String, String> slots)
      throws IOException {
    VersionIntake intake = new VersionIntake(versions);
    Optional<String> current = versions.current();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("VERSION", "TAKEN", "STATES", "CURRENT", "SLOTS", "FROM"));
    List<Listed> all = new ArrayList<>();
    for (String name : versions.all()) {
      if (intake.isUndamaged(name)) {
        all.add(new Listed(name, Optional.of(versions.read(name))));
      } else {
        all.add(new Listed(name, Optional.empty()));
      }
    }
    all.sort(
        Comparator.comparing(
            listed -> listed.about().map(about -> about.takenAt().toString()).orElse("")));
    for (Listed listed : all) {
      Optional<ServiceVersion> about = listed.about();
      rows.add(
          List.of(
              listed.name(),
              about
                  .map(known -> TIME.format(known.takenAt().atZone(ZoneId.systemDefault())))
                  .orElse("-"),
              about.map(ServiceVersion::stated).orElse("-"),
              current.equals(Optional.of(listed.name())) ? "yes" : "",
              slots(slots, listed.name()),
              about.map(ServiceVersion::from).orElse("damaged: take its jars in again")));
    }
    return TextTable.lines(rows).stream().map(VisibleText::line).toList();
  }

  private record Listed(String name, Optional<ServiceVersion> about) {}

  private static String slots(Map<String, String> slots, String version) {
    return slots.entrySet().stream()
        .filter(slot -> slot.getValue().equals(version))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }
}
