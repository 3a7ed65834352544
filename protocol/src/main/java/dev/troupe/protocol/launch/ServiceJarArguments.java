package dev.troupe.protocol.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars of a service on the command line of the process that hosts it. */
public final class ServiceJarArguments {
  /** Stands before each jar. */
  public static final String OPTION = "--service-jar";

  private ServiceJarArguments() {}

  public static List<String> of(List<Path> jars) {
    List<String> arguments = new ArrayList<>();
    for (Path jar : jars) {
      arguments.add(OPTION);
      arguments.add(jar.toString());
    }
    return arguments;
  }

  /** The jars that the arguments of a process name, in the order in which the process has them. */
  public static List<Path> in(List<String> arguments) {
    List<Path> jars = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).equals(OPTION)) {
        jars.add(Path.of(arguments.get(i + 1)));
      }
    }
    return jars;
  }
}
