package dev.troupe.cli.deploy;

import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.launch.ServiceJarArguments;
import dev.troupe.protocol.launch.ServiceVersions;
import dev.troupe.protocol.process.ProcessInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds out from the process list which versions of services run. */
public final class RunningVersions {
  /** What a process runs from whose jars were not taken in. */
  public static final String NONE = "";

  private static final int KEPT = 3;

  private final Path home;

  public RunningVersions(Path home) {
    this.home = home;
  }

  /** The versions of the slots of {@code service} that have a process, by slot. */
  public Map<String, String> of(String service) {
    return all().getOrDefault(service, Map.of());
  }

  /** The versions of all slots that have a process: by slot, by service. */
  public Map<String, Map<String, String>> all() {
    Map<String, Map<String, String>> found = new TreeMap<>();
    for (ClusterProcess process : new ClusterProcesses(home).find()) {
      String service = NodeNames.serviceOf(process.slot());
      List<Path> jars = ServiceJarArguments.in(ProcessInfo.arguments(process.handle()));
      found
          .computeIfAbsent(service, name -> new TreeMap<>())
          .put(process.slot(), new ServiceVersions(home, service).versionOf(jars).orElse(NONE));
    }
    return found;
  }

  /** Deletes all versions but the last three that were deployed and those that processes run. */
  public void deleteOld(String service) throws IOException {
    ServiceVersions versions = new ServiceVersions(home, service);
    Set<String> kept = new HashSet<>(of(service).values());
    versions.current().ifPresent(kept::add);
    List<ServiceVersions.Deployed> history = versions.history();
    Set<String> last = new HashSet<>();
    for (int i = history.size() - 1; i >= 0 && last.size() < KEPT; i--) {
      last.add(history.get(i).version());
    }
    kept.addAll(last);
    for (String version : versions.all()) {
      if (!kept.contains(version)) {
        DirectoryDeletion.delete(versions.directory(version));
      }
    }
  }

  /** A version for people to read. */
  public static String text(String version) {
    return version.equals(NONE) ? "other jars" : version;
  }
}
