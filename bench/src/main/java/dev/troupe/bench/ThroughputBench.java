package dev.troupe.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the cost of requests, compared with a bare HTTP server. */
@Command(
    name = "bench/throughput",
    mixinStandardHelpOptions = true,
    description =
        "Starts the product, warms it up, sends requests with wrk as fast as answers come, and"
            + " prints answers a second, latencies and the CPU time of an answer. Of several runs it"
            + " prints the median, and the failures of all.")
final class ThroughputBench implements Callable<Integer> {
  private static final int WARM_UP_CONNECTIONS = 32;
  private static final int USERS = 100;

  @Option(
      names = "--case",
      description = "One of ${COMPLETION-CANDIDATES}; may be repeated (default: all).")
  private List<Workload> cases = List.of(Workload.values());

  @Option(
      names = "--connections",
      split = ",",
      description = "Numbers of connections (default: ${DEFAULT-VALUE}).")
  private List<Integer> connections = List.of(1, 32, 256);

  @Option(names = "--runs", description = "Runs of each case (default: ${DEFAULT-VALUE}).")
  private int runs = 1;

  @Option(names = "--seconds", description = "Length of one run (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(
      names = "--warm-up",
      description = "Seconds before each case (default: ${DEFAULT-VALUE}).")
  private int warmUp = 20;

  @Option(
      names = "--set",
      description = "A line of application.conf, like 'troupe.logs.level = WARN'; may be repeated.")
  private List<String> settings = List.of();

  @Option(
      names = "--overload",
      description =
          "Instead, sends four times as many requests as can be served. The exit code is 1 when"
              + " less than 80 %% of the peak is served.")
  private boolean overload;

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description =
          "Instead, sends mixed requests for so long and prints the memory of each process. The"
              + " exit code is 1 when it grows.")
  private int soakMinutes;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Path checkout =
      Path.of(System.getProperty("troupe.bench.checkout", ".")).toAbsolutePath();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ThroughputBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    requireBounds();
    if (!Wrk.isInstalled()) {
      spec.commandLine()
          .getErr()
          .println(
              "wrk is not on the PATH (Debian, Ubuntu: apt-get install wrk; macOS: brew install wrk)");
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    Path home = Files.createTempDirectory("troupe-bench");
    Wrk anyone = new Wrk(checkout.resolve("bench/wrk/requests.lua"), 1, 1);
    Map<Integer, Cost> bare =
        overload || soakMinutes > 0 ? Map.of() : measureBare(anyone, home, out);
    String configuration =
        ClusterUnderTest.SERVICES
            + (cases.contains(Workload.PROGRAM) ? PingProcess.asService(checkout, home) : "")
            + String.join("\n", settings)
            + "\n";
    try (ClusterUnderTest product = ClusterUnderTest.start(checkout, home, configuration)) {
      String gateway = product.gateway();
      long first = product.createUser("u" + UUID.randomUUID());
      new Load(Requests.postUser(gateway, false)).atConstantRate(USERS, USERS);
      Wrk wrk = new Wrk(anyone.script(), first, USERS);
      Processes processes = new Processes(product.pids());
      if (overload) {
        Map<String, Long> before = product.pids();
        boolean held = new Overload(gateway, wrk, seconds, warmUp).run(out);
        boolean allLive = product.pids().equals(before);
        out.println(allLive ? "no process was replaced" : "processes were replaced");
        return held && allLive ? 0 : 1;
      }
      if (soakMinutes > 0) {
        return new Soak(gateway, wrk, processes).run(soakMinutes, out) ? 0 : 1;
      }
      return measure(gateway, wrk, processes, new CostTable(bare), out) ? 0 : 1;
    }
  }

  private Map<Integer, Cost> measureBare(Wrk wrk, Path home, PrintWriter out) throws IOException {
    out.println(CostTable.header());
    Map<Integer, Cost> bare = new HashMap<>();
    if (!cases.contains(Workload.PING)) {
      return bare;
    }
    try (PingProcess ping = PingProcess.start(checkout, home)) {
      wrk.run(ping.url(), Workload.PING, WARM_UP_CONNECTIONS, warmUp);
      for (int clients : connections) {
        List<Cost> costs = repeat(ping.url(), wrk, ping.processes(), Workload.PING, clients);
        bare.put(clients, Cost.median(costs));
        out.println(new CostTable(bare).row(Workload.PING, clients, costs));
      }
    }
    return bare;
  }

  /**
   * @return whether no request failed
   */
  private boolean measure(
      String gateway, Wrk wrk, Processes processes, CostTable table, PrintWriter out) {
    long failed = 0;
    for (Workload traffic : cases) {
      if (traffic == Workload.PING) {
        continue;
      }
      wrk.run(gateway, traffic, WARM_UP_CONNECTIONS, warmUp);
      for (int clients : connections) {
        List<Cost> costs = repeat(gateway, wrk, processes, traffic, clients);
        failed += costs.stream().mapToLong(cost -> cost.measured().failed()).sum();
        out.println(table.row(traffic, clients, costs));
      }
    }
    out.println(CostTable.memory(processes.residentMiB()));
    return failed == 0;
  }

  private List<Cost> repeat(
      String url, Wrk wrk, Processes processes, Workload traffic, int clients) {
    List<Cost> costs = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      costs.add(Cost.of(processes, () -> wrk.run(url, traffic, clients, seconds)));
    }
    return costs;
  }

  private void requireBounds() {
    require("--seconds", seconds, 1, 600);
    require("--warm-up", warmUp, 1, 600);
    require("--runs", runs, 1, 20);
    connections.forEach(clients -> require("--connections", clients, 1, 1024));
    if (soakMinutes != 0) {
      require("--soak", soakMinutes, 3, 120);
    }
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s %d (expected: %d to %d)".formatted(option, value, least, most));
    }
  }
}
