package dev.troupe.protocol.settings;

import java.util.List;

/**
 * The seed node.
 *
 * @param environment of all processes that it launches
 */
public record SeedSettings(List<String> jvmOptions, EnvironmentSettings environment) {
  public SeedSettings {
    jvmOptions = List.copyOf(jvmOptions);
  }

  static SeedSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          // has() would name the key among those that the block may have.
          if (s.keys().contains("control-port")) {
            throw s.problem(
                "control-port",
                "troupe.seed.control-port is gone (expected: troupe.management.port)");
          }
          return new SeedSettings(
              s.strings("jvm-options"), EnvironmentSettings.read(s.section("environment")));
        });
  }
}
