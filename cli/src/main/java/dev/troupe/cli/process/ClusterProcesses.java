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
 * Finds the processes of one cluster in the process list, whatever has become of its files. Anybody
 * can copy a command line: as long as the secret of the home is known, a process must have it.
 */
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

  /** The seed node among them. */
  public Optional<ClusterProcess> findSeed() {
    return find().stream().filter(ClusterProcess::isSeed).findFirst();
  }

  /** Processes that those of the cluster have started, however they are related now. */
  public List<ClusterProcess> findLeftovers() {
    Optional<HomeSecret> secret = secret();
    if (secret.isEmpty()) {
      return List.of();
    }
    Set<ProcessHandle> lineage = lineage();
    return ProcessFinder.marked(mark -> mark.secret().equals(secret.get())).stream()
        .filter(handle -> !lineage.contains(handle) && slotOf(handle).isEmpty())
        .flatMap(
            handle ->
                EnvironmentMark.of(handle)
                    .map(mark -> new ClusterProcess(handle, mark.slot()))
                    .stream())
        .toList();
  }

  // A service may run this command.
  private static Set<ProcessHandle> lineage() {
    Set<ProcessHandle> lineage = new HashSet<>();
    Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
    while (process.isPresent() && lineage.add(process.get())) {
      process = process.get().parent();
    }
    return lineage;
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
