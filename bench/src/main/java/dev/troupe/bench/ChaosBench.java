package dev.troupe.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Kills processes and checks that the cluster recovers. */
@Command(
    name = "bench/chaos",
    mixinStandardHelpOptions = true,
    subcommands = {SubsetsBench.class, KillsBench.class},
    description =
        "Kills processes with kill -9: each set of them at once, or at random under load.")
final class ChaosBench {
  /**
   * The default settings, except that each kill counts as the first of its slot. With the defaults
   * a slot waits after its second kill within a minute and is failed after the fourth.
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
