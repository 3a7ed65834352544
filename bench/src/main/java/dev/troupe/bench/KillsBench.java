package dev.troupe.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills random processes under load, and then checks that each write is in the store once. */
@Command(
    name = "kills",
    mixinStandardHelpOptions = true,
    description =
        "Sends reads and writes to all services at a constant rate. Each write has an idempotency"
            + " key and is repeated under it until it is acknowledged. Meanwhile kills random"
            + " processes, the seed node among them. Then looks up each write in the store. The"
            + " exit code is 1 if an acknowledged write is lost, a write is there twice, a request"
            + " got a 503 that no setting promises, or the cluster does not become whole again.")
final class KillsBench implements Callable<Integer> {
  private static final Duration RETRY_FOR = Duration.ofMinutes(2);
  private static final Duration MAX_RECOVERY = Duration.ofMinutes(2);
  private static final int MAX_SHOWN = 20;
  private static final String ALL_EVENTS = "1000000";
  private static final long MAX_REQUESTS = 1_000_000;

  @Option(names = "--kills", description = "Number of kills (default: ${DEFAULT-VALUE}).")
  private int kills = 100;

  @Option(
      names = "--pause",
      description = "Longest pause between kills, in seconds (default: ${DEFAULT-VALUE}).")
  private int pause = 6;

  @Option(names = "--rate", description = "Requests a second (default: ${DEFAULT-VALUE}).")
  private int rate = 50;

  @Option(names = "--gateways", description = "Gateways on one port (default: ${DEFAULT-VALUE}).")
  private int gateways = 1;

  @Option(
      names = "--random",
      description = "Seed of the random choices, to repeat them (default: a new one).")
  private long seed = System.nanoTime();

  @Option(names = "--csv", description = "ExtraCheck writes every request and its outcome here.")
  private Path csv = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d kills, random choices of seed %d%n", kills, seed);
    out.flush();
    Path home = Files.createTempDirectory("troupe-bench");
    try (ClusterUnderTest product =
            ClusterUnderTest.start(
                ChaosBench.checkout(), home, ChaosBench.SETTINGS.formatted(gateways));
        RequestLog log = RequestLog.to(csv)) {
      Load load = load(product);
      CompletableFuture<Map<String, Integer>> killed =
          CompletableFuture.supplyAsync(() -> kill(product), task -> new Thread(task).start());
      List<Sample> samples = load.atConstantRate(rate, killed::isDone, MAX_REQUESTS);
      log.add("KILLS", 1, samples);
      out.printf("killed: %s%n", text(killed.get()));
      Optional<String> missing =
          new ClusterCheck(product).await(MAX_RECOVERY, ClusterCheck.NO_EXTRA_CHECK);
      missing.ifPresent(what -> out.printf("NOT WHOLE AGAIN: %s%n", what));
      WriteOutcome outcome = WriteOutcome.of(samples, new Store(product.gateway()).names());
      out.println(outcome.text());
      List<Sample> unpromised = unpromised(product, samples, load.begunAt());
      out.printf(
          "503 that no setting promises      %8d  expected: 0%s%n",
          unpromised.size(), unpromised.isEmpty() ? "" : " FAILED");
      unpromised.stream()
          .limit(MAX_SHOWN)
          .forEach(sample -> out.println("  " + sample.csv("KILLS", 1)));
      return outcome.isGood() && missing.isEmpty() && unpromised.isEmpty() ? 0 : 1;
    } catch (IOException | IllegalStateException | ExecutionException e) {
      throw new IllegalStateException("in " + home + ": " + e.getMessage(), e);
    }
  }

  private static List<Sample> unpromised(
      ClusterUnderTest product, List<Sample> samples, Instant begun) {
    List<String> journal =
        product.troupe("events", "--json", "--lines", ALL_EVENTS).lines().toList();
    return PromisedRefusals.of(journal, Instant.now(), product.settings()).others(samples, begun);
  }

  private static Load load(ClusterUnderTest product) throws IOException {
    String gateway = product.gateway();
    long user = product.createUser("w" + UUID.randomUUID());
    return new Load(Requests.ofAllServices(gateway, user), RETRY_FOR);
  }

  private Map<String, Integer> kill(ClusterUnderTest product) {
    try {
      return new RandomKiller(product, new Random(seed), pause * 1_000L).kill(kills);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Map<String, Integer> killed) {
    return new TreeMap<>(killed)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
