package dev.troupe.cli.process;

import dev.troupe.protocol.process.CommandLineMark;
import dev.troupe.protocol.process.EnvironmentMark;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.process.ProcessFinder;
import dev.troupe.protocol.process.ProcessInfo;
import dev.troupe.protocol.process.ProcessLiveness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the processes of one cluster in the process list, even if the files of the cluster are
 * lost. Any user can copy a command line, so a process must also have the secret of the home, as
 * long as the file with the secret exists.
 */
public final class ClusterProcesses {
  private final Path home;

  /**
   * @param home of the cluster, written as on the command lines of its processes
   */
  public ClusterProcesses(Path home) {
    this.home = home;
  }

  /** The living processes that belong to the user of this command, the seed node first. */
  public List<ClusterProcess> find() {
    Optional<String> user = ProcessHandle.current().info().user();
    Optional<HomeSecret> secret = secret();
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.info().user().equals(user))
        .flatMap(handle -> slotOf(handle).map(slot -> new ClusterProcess(handle, slot)).stream())
        .filter(process -> ProcessLiveness.isAlive(process.handle()))
        .filter(process -> secret.isEmpty() || hasSecret(process.handle(), secret.get()))
        .sorted(
            Comparator.comparing((ClusterProcess process) -> !process.isSeed())
                .thenComparing(ClusterProcess::slot)
                .thenComparing(ClusterProcess::pid))
        .toList();
  }

  /** The seed node, if it is alive. */
  public Optional<ClusterProcess> findSeed() {
    return find().stream().filter(ClusterProcess::isSeed).findFirst();
  }

  /** Living processes that processes of the cluster have started, whoever is their parent now. */
  public List<ClusterProcess> findLeftovers() {
    Optional<HomeSecret> secret = secret();
    if (secret.isEmpty()) {
      return List.of();
    }
    Set<ProcessHandle> selfAndParents = selfAndParents();
    return ProcessFinder.marked(mark -> mark.secret().equals(secret.get())).stream()
        .filter(handle -> !selfAndParents.contains(handle) && slotOf(handle).isEmpty())
        .flatMap(
            handle ->
                EnvironmentMark.of(handle)
                    .map(mark -> new ClusterProcess(handle, mark.slot()))
                    .stream())
        .toList();
  }

  // This command and its parents are not leftovers, even if a service runs it.
  private static Set<ProcessHandle> selfAndParents() {
    Set<ProcessHandle> selfAndParents = new HashSet<>();
    Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
    while (process.isPresent() && selfAndParents.add(process.get())) {
      process = process.get().parent();
    }
    return selfAndParents;
  }

  private Optional<HomeSecret> secret() {
    try {
      return HomeSecret.of(home.resolve("run"));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean hasSecret(ProcessHandle handle, HomeSecret secret) {
    return !ProcessInfo.showsEnvironments()
        || ProcessInfo.environment(handle)
            .flatMap(HomeSecret::in)
            .filter(secret::equals)
            .isPresent();
  }

  private Optional<String> slotOf(ProcessHandle handle) {
    return CommandLineMark.of(ProcessInfo.arguments(handle))
        .filter(mark -> mark.home().equals(home))
        .map(CommandLineMark::slot);
  }
}
