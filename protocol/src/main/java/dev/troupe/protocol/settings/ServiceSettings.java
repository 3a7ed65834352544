package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service.
 *
 * @param className the class that implements {@code Service}; empty for a program
 * @param program what its processes run beside their JVM; null for a service with a class
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
    @Nullable ProgramSettings program,
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

  private static final String CLASS = "class";
  private static final String COMMAND = "command";

  public ServiceSettings {
    dependsOn = List.copyOf(dependsOn);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * @param home what a relative directory is relative to
   * @param restart what holds for the keys the block's own {@code restart} lacks
   */
  static ServiceSettings read(String name, Section section, Path home, Config restart) {
    return Section.finish(section, s -> read(name, s, isProgram(s), home, restart));
  }

  /** Whether the block has a command in place of a class. */
  static boolean isProgram(Section section) {
    boolean isProgram = section.keys().contains(COMMAND);
    if (isProgram && section.keys().contains(CLASS)) {
      throw section.problem(
          COMMAND,
          "it has both 'class' and 'command' (expected: a class for a service that is written for"
              + " Troupe, or a command for any other program)");
    }
    return isProgram;
  }

  private static ServiceSettings read(
      String name, Section s, boolean isProgram, Path home, Config restart) {
    String className = isProgram ? "" : s.string(CLASS);
    int instances = s.integer("instances", 1, MOST_INSTANCES);
    return new ServiceSettings(
        name,
        className,
        isProgram ? ProgramSettings.read(s, home, instances) : null,
        instances,
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
        s.rawInPlace("settings"));
  }
}
