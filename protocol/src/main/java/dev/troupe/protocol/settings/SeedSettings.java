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
        s ->
            new SeedSettings(
                s.strings("jvm-options"), EnvironmentSettings.read(s.section("environment"))));
  }
}
