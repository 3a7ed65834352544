package dev.troupe.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.control.ServiceRoute;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.launch.ServiceJarArguments;
import dev.troupe.protocol.settings.ServiceSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Has a short-lived JVM load jars of a service and ask the service what it is. */
public final class VersionCheck {
  private static final String MAIN_CLASS = "dev.troupe.service.check.ServiceCheck";
  private static final Duration FOR_DESCRIPTION = Duration.ofSeconds(30);
  // The start of a JVM on a machine that has much else to do.
  private static final Duration FOR_PROCESS = FOR_DESCRIPTION.plusSeconds(60);

  private static final List<String> NEEDED_OPTIONS =
      List.of("-D", "--add-", "--enable-", "-ea", "-Xss");

  private final Path home;
  private final Distribution lib;
  private final boolean running;

  /**
   * @param lib Troupe's jars, with which the service will run
   * @param running whether the settings are those of the running cluster
   */
  public VersionCheck(Path home, Distribution lib, boolean running) {
    this.home = home;
    this.lib = lib;
    this.running = running;
  }

  /**
   * What was found.
   *
   * @param isUsable whether the jars may be deployed
   * @param text the version that the service states of itself, or why the jars cannot be used
   */
  public record Result(boolean isUsable, String text) {}

  /**
   * Blocks until the JVM has ended; kills it when it takes too long.
   *
   * @param taken actions that the gateway answers now
   */
  public Result run(ServiceSettings service, List<Path> jars, List<ServiceRoute> taken)
      throws IOException, InterruptedException {
    Path result = Files.createTempFile("troupe-check", ".txt");
    Path output = Files.createTempFile("troupe-check", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(line(service, jars, taken, result));
      builder.environment().putAll(service.environment().set());
      builder.directory(home.toFile());
      builder.redirectInput(new File("/dev/null"));
      builder.redirectErrorStream(true);
      builder.redirectOutput(output.toFile());
      Process process = builder.start();
      boolean ended;
      try {
        ended = process.waitFor(FOR_PROCESS.toSeconds(), TimeUnit.SECONDS);
      } finally {
        process.destroyForcibly();
      }
      List<String> lines = Files.readAllLines(result, UTF_8);
      if (lines.isEmpty()) {
        return new Result(false, unfinished(service, ended, process, output));
      }
      return new Result(
          lines.get(0).equals("ok"), String.join("\n", lines.subList(1, lines.size())));
    } finally {
      Files.deleteIfExists(result);
      Files.deleteIfExists(output);
    }
  }

  private static String unfinished(
      ServiceSettings service, boolean ended, Process process, Path output) throws IOException {
    String end =
        ended
            ? "ended with exit code " + process.exitValue()
            : "did not end within %d s and was killed".formatted(FOR_PROCESS.toSeconds());
    List<String> lines = new String(Files.readAllBytes(output), UTF_8).lines().toList();
    return "%s: the JVM that checks it %s before the service had described itself%s"
        .formatted(
            service.name(),
            end,
            lines.stream()
                .skip(Math.max(0, lines.size() - 12))
                .map(line -> "\n  | " + line)
                .collect(Collectors.joining()));
  }

  // Others concern memory, or files and ports that the running processes have.
  private static boolean concernsClasses(String option) {
    return NEEDED_OPTIONS.stream().anyMatch(option::startsWith)
        && !option.startsWith("-Dcom.sun.management");
  }

  private List<String> line(
      ServiceSettings service, List<Path> jars, List<ServiceRoute> taken, Path result) {
    List<String> line = new ArrayList<>();
    line.add(JavaCommand.javaProgram().toString());
    line.addAll(JavaCommand.archiveOptions(lib.archive()));
    service.jvmOptions().stream().filter(VersionCheck::concernsClasses).forEach(line::add);
    line.add("-Xmx192m");
    line.add("-Xms8m");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-cp");
    line.add(
        lib.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    line.add(MAIN_CLASS);
    line.addAll(List.of("--home", home.toString(), "--service", service.name()));
    line.addAll(List.of("--result", result.toString()));
    line.addAll(List.of("--seconds", Long.toString(FOR_DESCRIPTION.toSeconds())));
    if (running) {
      line.add("--snapshot");
    }
    for (ServiceRoute route : taken) {
      line.addAll(
          List.of("--taken", route.method(), route.path(), route.service(), route.action()));
    }
    line.addAll(ServiceJarArguments.of(jars));
    return line;
  }
}
