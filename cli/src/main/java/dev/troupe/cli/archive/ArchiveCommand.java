package dev.troupe.cli.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code archive}: builds the archive of shared classes; the build of Troupe calls it. */
@Command(
    name = "archive",
    description =
        "Builds the archive of classes that all processes share, for the JDK that runs this command."
            + " Starts a cluster in a temporary directory to learn which classes they load. Takes"
            + " about 20 s.")
public final class ArchiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Distribution lib = Distribution.ofThisProcess();
    if (Files.exists(lib.archive())) {
      out.printf("%s: exists already for the same jars%n", lib.archive());
      return ExitCode.OK.code();
    }
    try (TrainingHome home = TrainingHome.create()) {
      train(home);
      Path list = home.directory().resolve("all.classlist.merged");
      int classes = home.mergeClassLists(list);
      dump(lib, list);
      out.printf(
          "%s: %d classes, %d MB%n", lib.archive(), classes, Files.size(lib.archive()) >> 20);
    }
    return ExitCode.OK.code();
  }

  private static void train(TrainingHome home) throws IOException, InterruptedException {
    // A cluster that does not start leaves no process behind.
    run("start a cluster to learn from", launcher(home, "up", "-d"));
    try {
      new TrainingRequests(gateway(home)).send();
    } finally {
      run("stop the cluster", launcher(home, "down"));
    }
  }

  private static String gateway(TrainingHome home) throws IOException {
    try {
      String url =
          ControlClient.of(home.directory().resolve("run"))
              .orElseThrow(() -> new IOException("the cluster to learn from has no control.json"))
              .status()
              .gateway();
      if (url == null) {
        throw new IOException("the cluster to learn from has no gateway");
      }
      return url;
    } catch (ControlException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  // Only G1 writes heap objects into an archive. The serial collector of JDK 17 does not read them,
  // but takes the classes from the same archive.
  private static void dump(Distribution lib, Path list) throws IOException, InterruptedException {
    // Written under another name and then renamed: JDK 17 ends with SIGBUS at half an archive.
    Path archive = lib.archive().resolveSibling(lib.archive().getFileName() + ".new");
    String classPath =
        lib.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    run(
        "write the archive",
        List.of(
            JavaCommand.javaProgram().toString(),
            "-Xshare:dump",
            "-XX:+UseG1GC",
            "-Xmx512m",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds=off",
            "-cp",
            classPath));
    Files.move(archive, lib.archive(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> launcher(TrainingHome home, String... command) {
    String script = System.getProperty("troupe.script");
    if (script == null) {
      throw new CommandException(
          ExitCode.USAGE, "archive works only through bin/troupe, which starts the launcher");
    }
    List<String> line = new ArrayList<>(List.of(script));
    line.addAll(List.of(command));
    line.addAll(List.of("--home", home.directory().toString()));
    return line;
  }

  private static void run(String what, List<String> line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("GATEWAY_PORT", "0");
    // The build of Troupe runs this command: the script must not start another build.
    builder.environment().put("TROUPE_NO_BUILD", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new CommandException(
          ExitCode.FAILED, "Could not %s: exit code %d%n%s".formatted(what, code, output));
    }
  }
}
