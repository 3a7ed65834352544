package dev.troupe.protocol.settings;

import java.util.List;

/**
 * The seed node.
 *
 * @param environment of all processes that it launches
 * @param controlPort of the control API, always on the loopback; 0 means any free one
 */
public record SeedSettings(
    List<String> jvmOptions, EnvironmentSettings environment, int controlPort) {
  public SeedSettings {
    jvmOptions = List.copyOf(jvmOptions);
  }

  static SeedSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new SeedSettings(
                s.strings("jvm-options"),
                EnvironmentSettings.read(s.section("environment")),
                s.integer("control-port", 0, 65535)));
  }
}
