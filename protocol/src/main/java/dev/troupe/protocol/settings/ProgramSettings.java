package dev.troupe.protocol.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that is a service of the cluster, in whatever language it is written.
 *
 * @param command the program and its arguments
 * @param port where it listens; {@link #FREE_PORT} for any free one, {@link #NO_PORT} if it does
 *     not listen
 * @param routes the paths that clients reach it by, each with all that is below it; like {@code
 *     /legacy}
 * @param health the path that answers 2xx or 3xx while the program can work; null if it has none
 * @param directory where it runs, absolute
 * @param stopTimeout between the stop signal and KILL
 */
public record ProgramSettings(
    List<String> command,
    int port,
    List<String> routes,
    @Nullable String health,
    Path directory,
    StopSignal stopSignal,
    Duration stopTimeout) {
  /** Any free port. */
  public static final int FREE_PORT = 0;

  /** The program listens on no port. */
  public static final int NO_PORT = -1;

  /** The signals that may ask a program to end. */
  public enum StopSignal {
    TERM,
    INT,
    QUIT,
    HUP,
    USR1,
    USR2,
    KILL
  }

  private static final Pattern ROUTE = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");
  private static final String EXPECTED_PORT =
      "auto for a free port, none for a program that does not listen, or a port from 1 to 65535";

  public ProgramSettings {
    command = List.copyOf(command);
    routes = List.copyOf(routes);
  }

  /**
   * @param home what a relative directory is relative to
   */
  static ProgramSettings read(Section section, Path home, int instances) {
    List<String> command = section.strings("command");
    section.require(
        "command",
        !command.isEmpty() && !command.get(0).isBlank(),
        "the program and its arguments, like [\"python3\", \"app.py\"]");
    int port = port(section);
    section.require(
        "port",
        port <= 0 || instances == 1,
        "auto, since each of the " + instances + " instances needs a port of its own");
    List<String> routes = section.strings("routes");
    for (String route : routes) {
      section.require(
          "routes",
          ROUTE.matcher(route).matches(),
          "paths without variables, like [\"/legacy\"], and not '" + route + "'");
    }
    section.require(
        "routes",
        new HashSet<>(routes).size() == routes.size(),
        "paths that differ from each other");
    section.require(
        "routes", routes.isEmpty() || port != NO_PORT, "[], since the program has no port");
    return new ProgramSettings(
        command,
        port,
        routes,
        health(section, port),
        home.resolve(section.path("cwd")).normalize(),
        section.choice("stop-signal", StopSignal.class),
        section.duration("stop-timeout", Limits.MILLISECOND, Limits.HOUR));
  }

  private static int port(Section section) {
    String given = section.string("port");
    if (given.equals("auto")) {
      return FREE_PORT;
    }
    if (given.equals("none")) {
      return NO_PORT;
    }
    boolean isPort = given.matches("[0-9]{1,5}") && isPort(Integer.parseInt(given));
    section.require("port", isPort, EXPECTED_PORT);
    return Integer.parseInt(given);
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  private static @Nullable String health(Section section, int port) {
    if (!section.has("health")) {
      return null;
    }
    String path = section.string("health");
    section.require("health", path.matches("/[!-~]*"), "a path, like /health");
    section.require(
        "health", port != NO_PORT, "none, since the program has no port to answer it at");
    return path;
  }

  /** Whether it listens on a port. */
  public boolean hasPort() {
    return port != NO_PORT;
  }
}
