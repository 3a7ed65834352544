package dev.troupe.seed.process;

import dev.troupe.protocol.process.EnvironmentMark;
import dev.troupe.protocol.settings.EnvironmentSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides which environment variables a process gets: those of an allow-list, and no others. */
final class ChildEnvironment {
  // These override settings that every node reads.
  private static final Set<String> OF_EVERY_NODE =
      Set.of(
          "SERVICE_CHECK_INTERVAL",
          "MAX_RESTART_ATTEMPTS",
          "HEARTBEAT_TIMEOUT",
          "GATEWAY_HOST",
          "GATEWAY_PORT",
          "LOG_LEVEL");
  private static final Set<String> OF_SERVICES =
      Set.of("TROUPE_STORAGE_URL", "TROUPE_STORAGE_USER", "TROUPE_STORAGE_PASSWORD");

  private final Map<String, String> own;
  private final Set<String> referenced;

  /**
   * @param own the variables of the seed node
   * @param referenced the names that the settings file refers to; each process reads that file
   */
  ChildEnvironment(Map<String, String> own, Set<String> referenced) {
    this.own = Map.copyOf(own);
    this.referenced = Set.copyOf(referenced);
  }

  /**
   * @param settings for all processes, then for this one; the later overrides the earlier
   */
  Map<String, String> of(
      boolean isService, List<EnvironmentSettings> settings, EnvironmentMark mark) {
    Map<String, String> environment = new HashMap<>();
    own.forEach(
        (name, value) -> {
          boolean isWanted =
              referenced.contains(name)
                  || OF_EVERY_NODE.contains(name)
                  || (isService && OF_SERVICES.contains(name))
                  || settings.stream().anyMatch(list -> list.passes(name));
          if (isWanted) {
            environment.put(name, value);
          }
        });
    settings.forEach(block -> environment.putAll(block.set()));
    environment.putAll(mark.variables());
    return environment;
  }
}
