package dev.troupe.service.check;

import dev.troupe.protocol.launch.ServiceJarArguments;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@link ServiceCheck}, which {@code bin/troupe deploy} has written. */
@Command(name = "ServiceCheck")
final class CheckArguments {
  @Option(names = "--home", required = true)
  Path home = Path.of(".");

  @Option(names = "--service", required = true)
  String service = "";

  /** Whether to use the settings of the running cluster. */
  @Option(names = "--snapshot")
  boolean snapshot;

  @Option(names = ServiceJarArguments.OPTION)
  List<Path> jars = List.of();

  /** Actions of other services: method, path, service and name of the action. */
  @Option(names = "--taken", arity = "4")
  List<String> taken = List.of();

  /** Gets the result: a line {@code ok} or {@code refused}, then what is said. */
  @Option(names = "--result", required = true)
  Path result = Path.of("result");

  @Option(names = "--seconds")
  int seconds = 30;
}
