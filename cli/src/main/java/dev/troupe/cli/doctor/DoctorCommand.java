package dev.troupe.cli.doctor;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.display.JsonLine;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: says what on this machine is in the way of a cluster, and what to do. */
@Command(
    name = "doctor",
    description =
        "Checks the machine and the home: JDK, settings, ports, limits, disks, clock, locale and what"
            + " earlier runs left. The exit code is 1 if something keeps a cluster from running.")
public final class DoctorCommand implements Callable<Integer> {

  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(names = "--json", description = "Prints the findings as one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = findings(homeOption.path());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(findings));
    } else {
      findings.forEach(finding -> print(finding, out));
    }
    return findings.stream().anyMatch(DoctorCommand::isFailure)
        ? ExitCode.FAILED.code()
        : ExitCode.OK.code();
  }

  private List<Finding> findings(Path home) {
    HomeChecks checks = new HomeChecks(home, homeOption);
    List<Finding> findings = new ArrayList<>();
    findings.add(
        MachineChecks.java(
            Runtime.version(),
            System.getProperty("java.vendor", "?"),
            System.getProperty("java.home", "?")));
    findings.add(checks.access());
    try {
      Settings settings = RunningFiles.settings(home);
      findings.add(checks.settings(settings));
      findings.add(
          checks.port("the gateway", "troupe.gateway.port", settings.gateway().endpoint(), true));
      findings.add(
          checks.port(
              "the management", "troupe.management.port", settings.management().endpoint(), false));
      addDisk("data", settings.storage().directory(), findings);
    } catch (SettingsException unusable) {
      findings.add(
          Finding.failure(
              "settings", String.valueOf(unusable.getMessage()), "Correct what the message names"));
    }
    addDisk("run", home, findings);
    findings.add(MachineChecks.openFiles(read("/proc/self/limits")));
    findings.add(MachineChecks.memory(read("/proc/meminfo")));
    findings.add(MachineChecks.clock(Instant.now(), checks.newestFile()));
    findings.add(
        MachineChecks.locale(System.getProperty("sun.jnu.encoding", "?"), home.toString()));
    findings.add(checks.leftovers());
    findings.add(checks.crashes());
    findings.add(checks.archive());
    return findings;
  }

  private static void addDisk(String what, Path directory, List<Finding> findings) {
    Path existing = directory;
    while (existing != null && !Files.isDirectory(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return;
    }
    try {
      FileStore store = Files.getFileStore(existing);
      findings.add(MachineChecks.disk(what, store.getUsableSpace(), store.getTotalSpace()));
    } catch (IOException unreadable) {
      findings.add(
          Finding.warning(
              "disk of " + what, unreadable.toString(), "Check that the disk is mounted"));
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException noLinux) {
      return "";
    }
  }

  private static boolean isFailure(Finding finding) {
    return finding.result() == Finding.Result.FAILURE;
  }

  private static void print(Finding finding, PrintWriter out) {
    out.printf(
        "%-8s %-22s %s%n", label(finding), finding.check(), VisibleText.lines(finding.text()));
    if (finding.remedy() != null) {
      out.printf("%-8s %-22s → %s%n", "", "", VisibleText.lines(finding.remedy()));
    }
  }

  private static String label(Finding finding) {
    return finding.result().name().toLowerCase(Locale.ROOT);
  }

  private static String json(List<Finding> findings) throws IOException {
    return JsonLine.of(
        json -> {
          json.writeBooleanField("ok", findings.stream().noneMatch(DoctorCommand::isFailure));
          json.writeArrayFieldStart("checks");
          for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("check", finding.check());
            json.writeStringField("result", label(finding));
            json.writeStringField("text", finding.text());
            if (finding.remedy() != null) {
              json.writeStringField("remedy", finding.remedy());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
