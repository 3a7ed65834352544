package dev.troupe.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills, stops and replaces processes under load, and reports what clients notice. */
@Command(
    name = "bench/recovery",
    mixinStandardHelpOptions = true,
    description =
        "Starts the product, sends requests at a constant rate, disturbs processes, and prints what"
            + " clients noticed beside the bound. Then looks up each acknowledged write in the"
            + " store. The exit code is 1 if any run is out of its bounds.")
final class RecoveryBench implements Callable<Integer> {
  private static final long WARM_UP_SECONDS = 10;
  private static final long STRIKE_AFTER_MILLIS = 2_000;
  private static final long MOST_REQUESTS = 500_000;
  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(2);

  // A slot that was ready for 30 s has its whole restart budget again. A second kill within them
  // would be followed by a backoff.
  private static final long CALM_SECONDS = 31;

  private static final String SETTINGS =
      ClusterUnderTest.SERVICES
          + """
          troupe.gateway.instances = %d
          troupe.services.UserService.instances = %d
          """;

  @Option(names = "--runs", description = "Runs of each case (default: ${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(names = "--rate", description = "Requests a second (default: ${DEFAULT-VALUE}).")
  private int rate = 50;

  @Option(names = "--seconds", description = "Length of one run (default: ${DEFAULT-VALUE}).")
  private int seconds = 12;

  @Option(
      names = "--connections",
      description = "Connections under full load (default: ${DEFAULT-VALUE}).")
  private int connections = 16;

  @Option(
      names = "--requests",
      description = "Least requests of a run under full load (default: ${DEFAULT-VALUE}).")
  private long fullLoad = 100_000;

  @Option(
      names = "--case",
      description = "One of ${COMPLETION-CANDIDATES}; may be repeated (default: all).")
  private List<Scenario> scenarios = List.of(Scenario.values());

  @Option(names = "--csv", description = "ExtraCheck writes every request and its outcome here.")
  private Path csv = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Path checkout = Path.of(System.getProperty("troupe.bench.checkout", "."));

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RecoveryBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Bound.header());
    boolean held = true;
    try (RequestLog log = RequestLog.to(csv)) {
      for (Scenario scenario : scenarios) {
        List<RecoveryRun> measured = measure(scenario, log);
        String name = scenario.text();
        for (Bound bound : scenario.bounds(fullLoad)) {
          out.println(bound.row(name, measured));
          held &= bound.holds(measured);
          name = "";
        }
        out.flush();
      }
    }
    return held ? 0 : 1;
  }

  private List<RecoveryRun> measure(Scenario scenario, RequestLog log) throws Exception {
    Path home = Files.createTempDirectory("troupe-bench");
    List<RecoveryRun> measured = new ArrayList<>();
    try (ClusterUnderTest product = start(scenario, home)) {
      String gateway = product.gateway();
      long user = product.createUser("w" + UUID.randomUUID());
      new Load(scenario.requests(gateway, user)).atConstantRate(rate, rate * WARM_UP_SECONDS);
      for (int run = 1; run <= runs; run++) {
        RecoveryRun one = run(scenario, product, scenario.requests(gateway, user));
        measured.add(one);
        log.add(scenario.name(), run, one.samples());
        if (run < runs) {
          TimeUnit.SECONDS.sleep(CALM_SECONDS);
        }
      }
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException(scenario + " in " + home + ": " + e.getMessage(), e);
    }
    return measured;
  }

  private ClusterUnderTest start(Scenario scenario, Path home) throws IOException {
    String settings = SETTINGS.formatted(scenario.gateways(), scenario.instances());
    if (scenario != Scenario.DEPLOY) {
      return ClusterUnderTest.start(checkout, home, settings);
    }
    ClusterUnderTest product =
        ClusterUnderTest.in(checkout, home, settings + GreeterVersions.SETTINGS);
    product.greeters().deployFirst(product);
    product.troupe("up", "-d");
    return product;
  }

  private RecoveryRun run(Scenario scenario, ClusterUnderTest product, Requests requests)
      throws IOException, InterruptedException, ExecutionException {
    Load load = new Load(requests);
    CompletableFuture<RecoveryRun.Disruption> strike =
        CompletableFuture.supplyAsync(
            () -> scenario.strike(product, load, fullLoad),
            CompletableFuture.delayedExecutor(
                STRIKE_AFTER_MILLIS, TimeUnit.MILLISECONDS, task -> new Thread(task).start()));
    List<Sample> samples =
        scenario.isFullLoad()
            ? load.closed(connections, strike::isDone, MOST_REQUESTS)
            : load.atConstantRate(rate, (long) rate * seconds);
    new ClusterCheck(product)
        .await(LONGEST_RECOVERY, ClusterCheck.NO_EXTRA_CHECK)
        .ifPresent(
            missing -> {
              throw new IllegalStateException("not whole again: " + missing);
            });
    return new RecoveryRun(samples, strike.get(), new Store(product.gateway()).names());
  }
}
