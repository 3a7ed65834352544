package dev.troupe.node.start;

import dev.troupe.protocol.launch.ServiceJarArguments;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of a node, which the supervisor or a person has written. */
@Command(
    name = "java -jar NODE.jar",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Starts one node of a Troupe cluster. `bin/troupe up` starts them all.")
final class NodeArguments {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "directory of the cluster, with application.conf (default: the current one)")
  Path home = Path.of(".");

  @Option(
      names = "--slot",
      paramLabel = "NAME",
      description = "slot this process fills, like UserService-1")
  String slot = "";

  @Option(
      names = "--generation",
      paramLabel = "N",
      defaultValue = "1",
      description = "how often the slot has been launched (default: 1)")
  int generation = 1;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "port for the other nodes; 0 is any free one (default: 0)")
  int port;

  @Option(
      names = "--snapshot",
      description =
          "use the settings that the cluster of this home was started with (run/settings.conf)"
              + " instead of application.conf and the environment; the supervisor gives this")
  boolean snapshot;

  @Option(
      names = "--join",
      paramLabel = "ADDRESS",
      description =
          "address of a living member, like pekko://troupe@127.0.0.1:25520; may be repeated")
  List<String> join = List.of();

  @Option(
      names = ServiceJarArguments.OPTION,
      paramLabel = "FILE",
      description =
          "a jar, or a directory of classes, of the service that this node hosts; may be repeated")
  List<Path> serviceJars = List.of();

  /**
   * The result of {@link #parse}.
   *
   * @param arguments null when the process has nothing more to do than end with {@code exit}
   */
  record Parsed(@Nullable NodeArguments arguments, int exit) {}

  /**
   * Reads a command line; prints help or what is wrong with it.
   *
   * @param defaultSlot the slot when none is given; null if one must be
   */
  static Parsed parse(@Nullable String defaultSlot, String... args) {
    NodeArguments arguments = new NodeArguments();
    CommandLine line = new CommandLine(arguments);
    try {
      CommandLine.ParseResult result = line.parseArgs(args);
      if (CommandLine.printHelpIfRequested(result)) {
        return new Parsed(null, CommandLine.ExitCode.OK);
      }
      if (arguments.slot.isEmpty()) {
        if (defaultSlot == null) {
          throw new CommandLine.ParameterException(line, "--slot is needed, like UserService-1");
        }
        arguments.slot = defaultSlot;
      }
      return new Parsed(arguments, CommandLine.ExitCode.OK);
    } catch (CommandLine.ParameterException e) {
      PrintWriter err = line.getErr();
      err.println(e.getMessage());
      line.usage(err);
      err.flush();
      return new Parsed(null, CommandLine.ExitCode.USAGE);
    }
  }

  /** The service is the name of the slot without its index. */
  NodeIdentity identity() {
    int dash = slot.lastIndexOf('-');
    return new NodeIdentity(dash < 0 ? slot : slot.substring(0, dash), slot, generation);
  }
}
