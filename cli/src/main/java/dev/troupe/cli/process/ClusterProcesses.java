package dev.troupe.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.launch.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the processes of one cluster in the process list, whatever has become of its files. */
public final class ClusterProcesses {
  private static final Path PROC = Path.of("/proc");

  private final Path home;

  /**
   * @param home of the cluster, as its processes were given it
   */
  public ClusterProcesses(Path home) {
    this.home = home;
  }

  /** Those that live now and belong to our own user, the seed node first. */
  public List<ClusterProcess> find() {
    Optional<String> user = ProcessHandle.current().info().user();
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.info().user().equals(user))
        .flatMap(handle -> slotOf(handle).map(slot -> new ClusterProcess(handle, slot)).stream())
        .filter(process -> Liveness.isAlive(process.handle()))
        .sorted(
            Comparator.comparing((ClusterProcess process) -> !process.isSeed())
                .thenComparing(ClusterProcess::slot)
                .thenComparing(ClusterProcess::pid))
        .toList();
  }

  /** The seed node among them. */
  public Optional<ClusterProcess> findSeed() {
    return find().stream().filter(ClusterProcess::isSeed).findFirst();
  }

  private Optional<String> slotOf(ProcessHandle handle) {
    return ProcessMark.of(arguments(handle))
        .filter(mark -> mark.home().equals(home))
        .map(ProcessMark::slot);
  }

  private static List<String> arguments(ProcessHandle handle) {
    // ProcessHandle gives no arguments at all of a command line longer than a page.
    Path commandLine = PROC.resolve(Long.toString(handle.pid())).resolve("cmdline");
    try {
      return List.of(new String(Files.readAllBytes(commandLine), UTF_8).split("\0"));
    } catch (IOException e) {
      ProcessHandle.Info info = handle.info();
      return info.arguments()
          .map(arguments -> Stream.concat(info.command().stream(), Stream.of(arguments)).toList())
          .orElse(List.of());
    }
  }
}
