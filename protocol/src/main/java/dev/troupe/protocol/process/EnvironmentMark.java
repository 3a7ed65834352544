package dev.troupe.protocol.process;

import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that name the slot of a process; all processes that it starts inherit
 * them.
 *
 * @param generation of the process of the slot
 */
public record EnvironmentMark(HomeSecret secret, String slot, int generation) {
  private static final String SLOT = "TROUPE_SLOT";
  private static final String GENERATION = "TROUPE_GENERATION";

  public Map<String, String> variables() {
    return Map.of(
        HomeSecret.VARIABLE, secret.value(), SLOT, slot, GENERATION, Integer.toString(generation));
  }

  /**
   * Reads the mark of a running process.
   *
   * @return empty if it has none, or if this user may not read its environment
   */
  public static Optional<EnvironmentMark> of(ProcessHandle process) {
    return ProcessInfo.environment(process).flatMap(EnvironmentMark::in);
  }

  static Optional<EnvironmentMark> in(Map<String, String> environment) {
    String slot = environment.get(SLOT);
    String generation = environment.getOrDefault(GENERATION, "");
    if (slot == null || !generation.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return HomeSecret.in(environment)
        .map(secret -> new EnvironmentMark(secret, slot, Integer.parseInt(generation)));
  }
}
