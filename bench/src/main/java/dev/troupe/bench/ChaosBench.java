package dev.troupe.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Kills whatever can be killed, and looks whether all is there again. */
@Command(
    name = "bench/chaos",
    mixinStandardHelpOptions = true,
    subcommands = {SubsetsBench.class, KillsBench.class},
    description =
        "Kills processes with kill -9: each set of them at once, or at random under load.")
final class ChaosBench {
  /**
   * The product's settings, but that each kill is the first one: with the defaults the fourth of a
   * slot within a minute ends in failed, which is right for a service that cannot live, and the
   * second waits, which is not what is measured here.
   */
  static final String SETTINGS =
      ClusterUnderTest.SERVICES
          + """
          troupe.gateway.instances = %d
          troupe.restart { max-restarts = 1000, ready-reset = 1s }
          """;

  private ChaosBench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ChaosBench()).execute(arguments));
  }

  static Path checkout() {
    return Path.of(System.getProperty("troupe.bench.checkout", "."));
  }
}
