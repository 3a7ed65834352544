package dev.troupe.seed.process;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.launch.NewSession;
import dev.troupe.protocol.process.EnvironmentMark;
import dev.troupe.protocol.process.HomeSecret;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Harmless processes of this machine, all gone after a test. */
public final class RealProcesses implements AutoCloseable {
  /**
   * Another one in each JVM, or tests that run at the same time would end each other's processes.
   */
  public static final HomeSecret SECRET = new HomeSecret(UUID.randomUUID().toString());

  private final List<ProcessHandle> started = new ArrayList<>();

  /**
   * A process that looks like a node launched for {@code slot}; {@code run/logs} has its output.
   */
  public ProcessHandle node(Path home, String slot, int generation, int port) throws IOException {
    return node(home, slot, new NodeFlags(generation, port).arguments());
  }

  public ProcessHandle node(Path home, String slot, List<String> arguments) throws IOException {
    return node(
        home,
        slot,
        arguments,
        environment -> environment.putAll(new EnvironmentMark(SECRET, slot, 1).variables()));
  }

  /** Of another program, which has copied the command line of a node. */
  public ProcessHandle foreignNode(Path home, String slot, int generation, int port)
      throws IOException {
    return node(home, slot, new NodeFlags(generation, port).arguments(), environment -> {});
  }

  private ProcessHandle node(
      Path home, String slot, List<String> arguments, Consumer<Map<String, String>> environment)
      throws IOException {
    JavaCommand command =
        new JavaCommand(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Runtime.version().feature(),
            home,
            slot,
            home.resolve("no-archive"),
            List.of("-XX:TieredStopAtLevel=1", "-Xmx16m"),
            // As long as the class path of a real one, which the process list shows only in part.
            List.of(testClasses(), Path.of("/" + "x".repeat(5000))),
            Sleeper.class.getName(),
            arguments);
    Path logs = Files.createDirectories(home.resolve("run/logs"));
    ProcessBuilder builder =
        new ProcessBuilder(command.line()).redirectOutput(logs.resolve(slot + ".out").toFile());
    environment.accept(builder.environment());
    return start(builder);
  }

  public ProcessHandle shell(String script) throws IOException {
    return start(new ProcessBuilder("sh", "-c", script));
  }

  /** The process whose id {@code script} prints in its first line. */
  public ProcessHandle toldBy(String script) throws IOException {
    return toldBy(script, Map.of());
  }

  /**
   * @param environment besides what is inherited
   */
  public ProcessHandle toldBy(String script, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(NewSession.of(List.of("sh", "-c", script)));
    builder.environment().putAll(environment);
    Process shell = builder.start();
    started.add(shell.toHandle());
    try (var out = shell.inputReader()) {
      ProcessHandle told = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      started.add(told);
      return told;
    }
  }

  private ProcessHandle start(ProcessBuilder builder) throws IOException {
    ProcessHandle process = builder.start().toHandle();
    started.add(process);
    return process;
  }

  private static Path testClasses() {
    try {
      return Path.of(Sleeper.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    for (ProcessHandle process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    // The first is a child of ours, so its end is seen.
    if (!started.isEmpty()) {
      started.get(0).onExit().orTimeout(20, SECONDS).join();
    }
  }
}
