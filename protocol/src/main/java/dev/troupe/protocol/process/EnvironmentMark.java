package dev.troupe.protocol.process;

import java.util.Map;
import java.util.Optional;

/**
 * What a process of a home has in its environment, and everything that it starts inherits.
 *
 * @param generation how often the slot had been launched then
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
   * @return nothing if it has none, or if this user may not know
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
