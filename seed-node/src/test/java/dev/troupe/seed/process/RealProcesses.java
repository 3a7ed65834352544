package dev.troupe.seed.process;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.troupe.protocol.launch.JavaCommand;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Harmless processes of this machine, all gone after a test. */
public final class RealProcesses implements AutoCloseable {
  private final List<ProcessHandle> started = new ArrayList<>();

  /**
   * A process that looks like a node launched for {@code slot}; {@code run/logs} has its output.
   */
  public ProcessHandle node(Path home, String slot, int generation, int port) throws IOException {
    return node(home, slot, new NodeFlags(generation, port).arguments());
  }

  public ProcessHandle node(Path home, String slot, List<String> arguments) throws IOException {
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
    return start(
        new ProcessBuilder(command.line()).redirectOutput(logs.resolve(slot + ".out").toFile()));
  }

  public ProcessHandle shell(String script) throws IOException {
    return start(new ProcessBuilder("sh", "-c", script));
  }

  /** The process whose id {@code script} prints in its first line. */
  public ProcessHandle toldBy(String script) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", script).start();
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
