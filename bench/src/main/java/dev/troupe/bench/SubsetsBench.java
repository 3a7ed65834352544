package dev.troupe.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills each set of processes at once, and measures the time until the cluster is whole. */
@Command(
    name = "subsets",
    mixinStandardHelpOptions = true,
    description =
        "Kills each of the 31 sets of {seed, gateway, UserService, OrderService,"
            + " NotificationService} at once. Measures the time until all slots run as members of"
            + " one cluster, only the killed ones have new pids, and POST /orders succeeds. The"
            + " exit code is 1 if a set takes too long.")
final class SubsetsBench implements Callable<Integer> {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final List<String> SLOTS =
      List.of(
          Subsets.SEED, "gateway-1", "UserService-1", "OrderService-1", "NotificationService-1");

  @Option(
      names = "--bound",
      description = "Seconds until the cluster must be whole (default: ${DEFAULT-VALUE}).")
  private double bound = 15;

  @Option(
      names = "--calm",
      description = "Seconds from a whole cluster to the next kill (default: ${DEFAULT-VALUE}).")
  private int calm = 10;

  @Option(
      names = "--subset",
      split = ",",
      description = "Only this set of slots, such as seed-1,UserService-1 (default: all sets).")
  private Set<String> only = Set.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    List<Set<String>> subsets = only.isEmpty() ? Subsets.of(SLOTS) : List.of(only);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-76s %8s %10s%n", "killed", "whole", "expected");
    List<Double> taken = new ArrayList<>();
    Path home = Files.createTempDirectory("troupe-bench");
    try (ClusterUnderTest product =
        ClusterUnderTest.start(ChaosBench.checkout(), home, ChaosBench.SETTINGS.formatted(1))) {
      long user = product.createUser("w" + UUID.randomUUID());
      for (Set<String> subset : subsets) {
        TimeUnit.SECONDS.sleep(calm);
        double seconds = killAndAwait(subset, product, user);
        taken.add(seconds);
        out.printf(
            "%-76s %6.1f s %8s s %s%n",
            String.join(" ", subset),
            seconds,
            "<= %.0f".formatted(bound),
            seconds <= bound ? "" : "FAILED");
        out.flush();
      }
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException("in " + home + ": " + e.getMessage(), e);
    }
    double[] sorted = taken.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    out.printf(
        "%d sets: median %.1f s, worst %.1f s%n",
        sorted.length, Median.of(sorted), Median.last(sorted));
    return Median.last(sorted) <= bound ? 0 : 1;
  }

  private static double killAndAwait(Set<String> subset, ClusterUnderTest product, long user) {
    Map<String, Long> before = product.pids();
    if (!before.keySet().containsAll(subset)) {
      throw new IllegalStateException(subset + " (expected: slots of " + before.keySet() + ")");
    }
    long begun = System.nanoTime();
    product.kill(subset.stream().map(before::get).toList());
    new ClusterCheck(product)
        .await(
            LONGEST_WAIT,
            pids -> {
              Optional<String> wrong = wrongPid(subset, before, pids);
              if (wrong.isEmpty()) {
                product.createOrder(user);
              }
              return wrong;
            })
        .ifPresent(
            missing -> {
              throw new IllegalStateException(
                  "not whole %d s after kill -9 of %s: %s"
                      .formatted(LONGEST_WAIT.toSeconds(), subset, missing));
            });
    return (System.nanoTime() - begun) / 1e9;
  }

  private static Optional<String> wrongPid(
      Set<String> killed, Map<String, Long> before, Map<String, Long> now) {
    return before.keySet().stream()
        .filter(slot -> killed.contains(slot) == before.get(slot).equals(now.get(slot)))
        .map(slot -> slot + " has pid " + now.get(slot) + ", before it had " + before.get(slot))
        .findFirst();
  }
}
