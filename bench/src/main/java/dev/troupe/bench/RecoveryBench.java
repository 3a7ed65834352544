package dev.troupe.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Kills, stops and replaces processes under load, and tells what its clients noticed. */
@Command(
    name = "bench/recovery",
    mixinStandardHelpOptions = true,
    description =
        "Starts the product, sends requests at a constant rate, strikes, and prints what clients"
            + " noticed: median of the runs, the worst in brackets. What was acknowledged is looked"
            + " up in the store afterwards.")
final class RecoveryBench implements Callable<Integer> {
  private static final long WARM_UP_SECONDS = 10;
  private static final long STRIKE_AFTER_MILLIS = 2_000;
  private static final long MOST_REQUESTS = 500_000;

  // A slot that was ready for 30 s starts afresh; two kills within them would meet the backoff.
  private static final long CALM_SECONDS = 31;

  private static final String SETTINGS =
      """
      troupe.services {
        UserService { class = "dev.troupe.service.user.UserService", instances = %d }
        OrderService { class = "dev.troupe.service.order.OrderService", depends-on = [UserService] }
        NotificationService { class = "dev.troupe.service.notification.NotificationService" }
      }
      """;

  @Option(names = "--runs", description = "Per case (default: ${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(names = "--rate", description = "Requests a second (default: ${DEFAULT-VALUE}).")
  private int rate = 50;

  @Option(names = "--seconds", description = "Of one run (default: ${DEFAULT-VALUE}).")
  private int seconds = 12;

  @Option(names = "--connections", description = "Of full load (default: ${DEFAULT-VALUE}).")
  private int connections = 16;

  @Option(
      names = "--case",
      description = "One of ${COMPLETION-CANDIDATES}; may be repeated (default: all).")
  private List<Scenario> scenarios = List.of(Scenario.values());

  @Option(names = "--csv", description = "Also writes every request and its outcome here.")
  private Path csv = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Path checkout = Path.of(System.getProperty("troupe.bench.checkout", "."));

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RecoveryBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<String> records = new ArrayList<>(List.of(Sample.csvHeader()));
    PrintWriter out = spec.commandLine().getOut();
    out.println(Findings.header());
    boolean lostNothing = true;
    for (Scenario scenario : scenarios) {
      List<Findings> findings = measure(scenario, records);
      out.println(Findings.row(scenario.text(), findings));
      lostNothing &= findings.stream().allMatch(run -> run.lost() == 0 && run.twice() == 0);
    }
    if (!csv.toString().isEmpty()) {
      Files.write(csv, records);
    }
    return lostNothing ? 0 : 1;
  }

  private List<Findings> measure(Scenario scenario, List<String> records) throws Exception {
    Path home = Files.createTempDirectory("troupe-bench");
    List<Findings> findings = new ArrayList<>();
    try (Product product =
        Product.start(checkout, home, SETTINGS.formatted(scenario.instances()))) {
      long user = product.createUser("w" + UUID.randomUUID());
      String gateway = product.gateway();
      new Load(scenario.requests(gateway, user)).atConstantRate(rate, WARM_UP_SECONDS);
      for (int run = 1; run <= runs; run++) {
        List<Sample> samples = run(scenario, product, scenario.requests(gateway, user));
        product.awaitWhole();
        findings.add(Findings.of(samples, product.storedUsers()));
        for (Sample sample : samples) {
          records.add(sample.csv(scenario.name(), run));
        }
        if (run < runs) {
          TimeUnit.SECONDS.sleep(CALM_SECONDS);
        }
      }
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException(scenario + " in " + home + ": " + e.getMessage(), e);
    }
    return findings;
  }

  private List<Sample> run(Scenario scenario, Product product, Requests requests)
      throws InterruptedException, ExecutionException {
    Load load = new Load(requests);
    CompletableFuture<Void> struck =
        CompletableFuture.runAsync(
            () -> scenario.strike(product),
            CompletableFuture.delayedExecutor(
                STRIKE_AFTER_MILLIS, TimeUnit.MILLISECONDS, task -> new Thread(task).start()));
    List<Sample> samples =
        scenario == Scenario.ROLLING
            ? load.closed(connections, struck::isDone, MOST_REQUESTS)
            : load.atConstantRate(rate, seconds);
    struck.get();
    return samples;
  }
}
