package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import java.util.List;

/**
 * One service.
 *
 * @param className the class that implements {@code Service}
 * @param instances how many processes host it, 1 to 64
 * @param dependsOn names of the services that must run before it is started
 * @param environment of its processes, beside that of all processes
 * @param calls what bounds the calls of it
 * @param blocking the threads for its own jobs that block
 * @param logLevels of its processes, beside those of all processes
 * @param settings the service's own settings, for it to read
 */
public record ServiceSettings(
    String name,
    String className,
    int instances,
    List<String> dependsOn,
    List<String> jvmOptions,
    EnvironmentSettings environment,
    CallSettings calls,
    BlockingSettings blocking,
    RestartSettings restart,
    LogLevels logLevels,
    Config settings) {
  /** Processes that may host one service. */
  public static final int MOST_INSTANCES = 64;

  public ServiceSettings {
    dependsOn = List.copyOf(dependsOn);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * @param restart what holds for the keys the block's own {@code restart} lacks
   */
  static ServiceSettings read(String name, Section section, Config restart) {
    return Section.finish(
        section,
        s ->
            new ServiceSettings(
                name,
                s.string("class"),
                s.integer("instances", 1, MOST_INSTANCES),
                s.strings("depends-on"),
                s.strings("jvm-options"),
                EnvironmentSettings.read(s.section("environment")),
                CallSettings.read(s),
                BlockingSettings.read(s.section("blocking")),
                RestartSettings.read(
                    s.has("restart")
                        ? s.section("restart").withFallback(restart)
                        : new Section("troupe.restart", restart)),
                Section.finish(s.section("logs"), LogLevels::read),
                s.rawInPlace("settings")));
  }
}
