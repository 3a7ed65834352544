package dev.troupe.cli.dev;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.DebugTarget;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.command.Signals;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.cli.status.OrderedRestart;
import dev.troupe.protocol.launch.DebugPorts;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.settings.DidYouMean;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.JavaCompiler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dev}: runs a service of the cluster from the sources of its project. */
@Command(
    name = "dev",
    description =
        "Runs a service of the running cluster from the sources of its project. After each change it"
            + " compiles them and restarts only that service; when they do not compile, it shows the"
            + " errors, and what runs goes on. Ctrl-C ends it, and the service returns to its jars.")
public final class DevCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "SERVICE", description = "A service that application.conf names.")
  private String service = "";

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The directory of the project, with src and pom.xml. Default: the current one.")
  private Path project = Path.of("");

  @Option(
      names = "--maven",
      description = "Compiles with Maven, for a build that does more than to compile Java.")
  private boolean maven;

  @Option(
      names = "--classes",
      description = "Compiles nothing: takes what an IDE writes into target/classes.")
  private boolean classes;

  @Option(
      names = "--debug",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      description =
          "Starts the first process of the service so that a debugger can connect to the port"
              + " (default: any free one) of 127.0.0.1.")
  private @Nullable Integer debugPort;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = homeOption.path();
    Path run = home.resolve("run");
    PrintWriter out = spec.commandLine().getOut();
    OrderedRestart restart = new OrderedRestart(homeOption);
    restart.requireRunning();
    Settings settings = RunningFiles.settings(home);
    requireService(settings);
    Path directory = projectDirectory();
    Deployment deployment = Deployment.find(home).orElseGet(() -> Deployment.byHand(home));
    ProjectClassPath classPath =
        new ProjectClassPath(
            directory,
            deployment.lib().jars(),
            deployment.jarsOf(service).stream().map(home::resolve).toList());
    ProjectBuild build = build(directory, classPath);
    DevelopedService developed =
        new DevelopedService(run, service, build, classPath, () -> restart.runAtOnce(service, out));
    if (developed.isTaken()) {
      throw new CommandException(
          ExitCode.ALREADY_RUNS,
          "Another bin/troupe dev runs " + service + " already. End it first");
    }
    DevLoop loop = new DevLoop(build, developed, out);
    AtomicBoolean asked = new AtomicBoolean();
    Signals.receive(
        signal -> {
          if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
          }
          loop.end();
        });
    out.printf("%s runs from %s. Ctrl-C ends that.%n", service, directory);
    DebugPorts before = DebugPorts.read(run);
    if (debugPort != null) {
      DebugTarget target = DebugTarget.of(service + ":" + debugPort, settings);
      before.with(target.slot(), target.port()).write(run);
      out.println(target.text());
    }
    try {
      loop.run();
    } finally {
      out.printf("%s returns to its jars.%n", service);
      before.write(run);
      restore(developed, out);
    }
    return ExitCode.OK.code();
  }

  // A service that was never packaged has no jar to return to.
  private static void restore(DevelopedService developed, PrintWriter out) throws IOException {
    try {
      developed.restore();
    } catch (CommandException e) {
      out.println(e.getMessage());
    }
  }

  private void requireService(Settings settings) {
    List<String> known = settings.services().stream().map(ServiceSettings::name).toList();
    if (!known.contains(service)) {
      throw new CommandException(
          ExitCode.UNKNOWN_NAME,
          ("The running cluster has no service '%s'%s. It has: %s. Name the service in %s, then stop"
                  + " and start the cluster")
              .formatted(
                  service,
                  DidYouMean.to(service, known)
                      .map(near -> "; did you mean '" + near + "'?")
                      .orElse(""),
                  String.join(", ", known),
                  settings.home().resolve(SettingsLoader.FILE)));
    }
  }

  private Path projectDirectory() throws IOException {
    if (!Files.isDirectory(project)) {
      throw new CommandException(
          ExitCode.USAGE,
          "project %s is not a directory (expected: one with src/main/java)"
              .formatted(project.toAbsolutePath()));
    }
    Path directory = project.toRealPath();
    if (!classes && !Files.isDirectory(directory.resolve("src/main"))) {
      throw new CommandException(
          ExitCode.USAGE,
          "project %s has no src/main (expected: a directory of sources; change --project)"
              .formatted(directory));
    }
    return directory;
  }

  private ProjectBuild build(Path directory, ProjectClassPath classPath) {
    if (classes) {
      return new WrittenClasses(directory);
    }
    if (maven) {
      return new MavenBuild(directory);
    }
    @Nullable JavaCompiler compiler = InProcessBuild.compilerOfThisProcess();
    if (compiler == null) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s is no JDK, so it has no compiler. Set JAVA_HOME to a JDK, or use --classes"
              .formatted(System.getProperty("java.home")));
    }
    return new InProcessBuild(directory, classPath, compiler);
  }
}
