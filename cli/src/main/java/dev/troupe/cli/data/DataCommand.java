package dev.troupe.cli.data;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.settings.ServiceSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code data}: exports, imports, backs up and restores the data of the services. */
@Command(
    name = "data",
    description =
        "export writes the data of all services as lines of JSON, and import reads them into empty"
            + " stores: from SQLite to PostgreSQL and back. backup copies the SQLite files into a"
            + " new directory, and restore puts such copies back. Only backup works while the"
            + " cluster runs.")
public final class DataCommand implements Callable<Integer> {
  private static final String MAIN_CLASS = "dev.troupe.service.data.DataTool";

  enum Operation {
    EXPORT,
    IMPORT,
    BACKUP,
    RESTORE
  }

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(index = "0", paramLabel = "export|import|backup|restore", description = "What to do.")
  private Operation operation = Operation.EXPORT;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "For export and import a file; without one, standard output or input. For backup and"
              + " restore the directory of the copies.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = homeOption.path();
    if (file == null && (operation == Operation.BACKUP || operation == Operation.RESTORE)) {
      throw new CommandException(
          ExitCode.USAGE,
          "The directory is missing. An example: bin/troupe data backup backups/monday");
    }
    if (operation == Operation.BACKUP) {
      return new ProcessBuilder(line(home)).inheritIO().start().waitFor();
    }
    Path run = Files.createDirectories(home.resolve("run"));
    // The lock keeps everybody from starting the cluster meanwhile.
    LauncherLock lock = LauncherLock.acquire(run).orElseThrow(() -> running(home));
    try (lock) {
      if (!new ClusterProcesses(home).find().isEmpty()) {
        throw running(home);
      }
      return new ProcessBuilder(line(home)).directory(home.toFile()).inheritIO().start().waitFor();
    }
  }

  private CommandException running(Path home) {
    return new CommandException(
        ExitCode.ALREADY_RUNS,
        "The cluster in %s runs, and what it writes meanwhile would be lost. Stop it first with: %s"
            .formatted(home, homeOption.commandLine("down")));
  }

  /** The jars of all services: migrations are in them. */
  private static Stream<Path> serviceJars(Path home) throws IOException {
    Deployment deployment = Deployment.byHand(home);
    List<Path> jars = new ArrayList<>(deployment.serviceJars());
    for (ServiceSettings service : RunningFiles.settings(home).services()) {
      jars.addAll(deployment.jarsOf(service.name()));
    }
    return jars.stream().distinct();
  }

  private List<String> line(Path home) throws IOException {
    String classPath =
        Stream.concat(Distribution.ofThisProcess().jars().stream(), serviceJars(home))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> line =
        new ArrayList<>(
            List.of(
                JavaCommand.javaProgram().toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                MAIN_CLASS,
                operation.name().toLowerCase(Locale.ROOT),
                home.toString()));
    if (file != null) {
      line.add(file.toAbsolutePath().toString());
    }
    return line;
  }
}
