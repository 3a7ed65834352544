package dev.troupe.cli.process;

import dev.troupe.protocol.launch.Liveness;
import dev.troupe.protocol.launch.ProcessArguments;
import dev.troupe.protocol.launch.ProcessMark;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the processes of one cluster in the process list, whatever has become of its files. */
public final class ClusterProcesses {
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
    return ProcessMark.of(ProcessArguments.of(handle))
        .filter(mark -> mark.home().equals(home))
        .map(ProcessMark::slot);
  }
}
