package dev.troupe.cli.doctor;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.HomeAccess;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.settings.Endpoint;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the home of a cluster, and what its settings need from the machine. */
final class HomeChecks {
  private final Path home;
  private final HomeOption option;
  private final List<ClusterProcess> processes;

  HomeChecks(Path home, HomeOption option) {
    this.home = home;
    this.option = option;
    this.processes = new ClusterProcesses(home).find();
  }

  Finding settings(Settings settings) {
    boolean changed =
        SettingsSnapshot.find(home).filter(SettingsSnapshot::differsFromFile).isPresent();
    return changed
        ? Finding.warning(
            "settings",
            "application.conf was changed since the cluster was started",
            "Apply it with: " + option.commandLine("reload"))
        : Finding.ok("settings", "%d services".formatted(settings.services().size()));
  }

  Finding access() {
    try {
      HomeAccess.requireSafe(home);
      return Finding.ok("home", home.toString());
    } catch (CommandException unsafe) {
      return Finding.failure(
          "home", String.valueOf(unsafe.getMessage()), "Change owner or permissions as it says");
    }
  }

  /**
   * Whether a server could listen where one of the cluster will.
   *
   * @param needed whether no other port can be used
   */
  Finding port(String what, String setting, Endpoint endpoint, boolean needed) {
    String host = endpoint.host();
    int port = endpoint.port();
    String check = "port of " + what;
    if (port == 0) {
      return Finding.ok(check, "any free one");
    }
    if (!processes.isEmpty()) {
      return Finding.ok(check, "%s:%d, the cluster runs".formatted(host, port));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Finding.ok(check, "%s:%d is free".formatted(host, port));
    } catch (IOException taken) {
      String text = "%s:%d cannot be used: %s".formatted(host, port, taken.getMessage());
      String remedy =
          "End the program that listens there (ss -ltnp 'sport = :%d'), or change %s"
              .formatted(port, setting);
      return needed
          ? Finding.failure(check, text, remedy)
          : Finding.warning(check, text + "; another port will be used", remedy);
    }
  }

  /** Files and processes that an earlier run has left. */
  Finding leftovers() {
    Path run = home.resolve("run");
    OptionalLong launcher = LauncherLock.holder(run);
    if (!processes.isEmpty() && launcher.isEmpty()) {
      return Finding.warning(
          "processes",
          "no launcher watches "
              + processes.stream().map(ClusterProcess::toString).collect(Collectors.joining(", ")),
          "Take them over with: %s. Or stop them with: %s"
              .formatted(option.commandLine("up"), option.commandLine("down")));
    }
    if (processes.isEmpty() && launcher.isEmpty() && Files.exists(run.resolve(ControlFile.NAME))) {
      return Finding.warning(
          "processes",
          "nothing runs, but run/%s is there: the last cluster was not stopped in order"
              .formatted(ControlFile.NAME),
          "Nothing is lost: 'up' starts anew, '%s' removes the files"
              .formatted(option.commandLine("down")));
    }
    return Finding.ok(
        "processes", processes.isEmpty() ? "nothing runs" : "%d run".formatted(processes.size()));
  }

  Finding crashes() {
    List<Path> reports = list(home.resolve("run/logs"), "hs_err_");
    return reports.isEmpty()
        ? Finding.ok("crashes", "no JVM has crashed")
        : Finding.warning(
            "crashes",
            "%d reports of crashed JVMs, like %s".formatted(reports.size(), reports.get(0)),
            "Read the first lines of the newest one, then delete them. A newer JDK often helps");
  }

  Finding archive() {
    Distribution lib;
    try {
      lib = Distribution.ofThisProcess();
    } catch (IllegalStateException noJar) {
      return Finding.warning(
          "archive", String.valueOf(noJar.getMessage()), "Run this command by bin/troupe");
    }
    return Files.exists(lib.archive())
        ? Finding.ok("archive", lib.archive().toString())
        : Finding.warning(
            "archive",
            "there is no archive of shared classes for this JDK: starts take twice as long, and each"
                + " process more memory",
            "Build it with: bin/troupe archive");
  }

  /** The time of the newest file in {@code run}, in epoch milliseconds. */
  OptionalLong newestFile() {
    return list(home.resolve("run"), "").stream()
        .mapToLong(file -> file.toFile().lastModified())
        .max();
  }

  private static List<Path> list(Path directory, String prefix) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
