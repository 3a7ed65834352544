package dev.troupe.bench;

import dev.troupe.bench.HostileClient.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures whether an honest client is served during an attack. */
@Command(
    name = "bench/hostile",
    mixinStandardHelpOptions = true,
    description =
        "Reads at a constant rate as two honest clients: one keeps its connection, one opens a new"
            + " connection for each read. Meanwhile attackers send heads and bodies byte by byte,"
            + " read none of their replies, or hold more idle connections than the gateway takes."
            + " An attacker whose connection is closed opens another at once. The exit code is 1 if"
            + " a read fails or p99 is above its bound.")
final class HostileBench implements Callable<Integer> {
  private static final int RATE = 10;
  private static final int USERS = 100;
  // A gateway needs several times as long for a connection before its code is compiled.
  private static final int WARM_UP_READS = 5000;
  private static final int WARM_UP_CLIENTS = 8;
  private static final String SETTINGS =
      ClusterUnderTest.SERVICES + "troupe.gateway.max-connections = 1024\n";

  // Long enough that a page of users is larger than the buffers of a connection that nobody reads.
  private static final String EMAIL =
      "a@" + "x".repeat(60) + "." + "y".repeat(60) + "." + "z".repeat(60) + ".example.com";

  @Option(names = "--seconds", description = "Length of the attack (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--slow",
      description =
          "Number of slow heads, slow bodies and slow readers (default: ${DEFAULT-VALUE}).")
  private int slow = 200;

  @Option(names = "--idle", description = "Idle connections (default: ${DEFAULT-VALUE}).")
  private int idle = 2000;

  @Option(
      names = "--pipelines",
      description =
          "Connections that send requests without pause and do not wait for the answers"
              + " (default: ${DEFAULT-VALUE}).")
  private int pipelines;

  @Option(
      names = "--opens",
      description =
          "Most connections that all attackers together open in a second (default:"
              + " ${DEFAULT-VALUE}).")
  private int opens = 300;

  @Option(
      names = "--p99",
      description = "Bound of p99 in milliseconds (default: ${DEFAULT-VALUE}).")
  private int bound = 1000;

  @Option(
      names = "--gateway",
      description = "URL of a running gateway to attack, instead of a new cluster.")
  private String running = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new HostileBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (!running.isEmpty()) {
      return attack(running) ? 0 : 1;
    }
    Path home = Files.createTempDirectory("troupe-bench");
    try (ClusterUnderTest product = ClusterUnderTest.start(ChaosBench.checkout(), home, SETTINGS)) {
      return attack(product.gateway()) ? 0 : 1;
    }
  }

  private boolean attack(String gateway) throws IOException {
    Http http = new Http();
    for (int i = 0; i < USERS; i++) {
      http.post(
          gateway + "/users",
          "{\"username\":\"u%s\",\"email\":\"%s\"}".formatted(UUID.randomUUID(), EMAIL));
    }
    Requests read = Requests.getUser(gateway, 1);
    for (Requests reads : List.of(read, read.onNewConnections())) {
      new Load(reads).closed(WARM_UP_CLIENTS, () -> false, WARM_UP_READS);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-14s %8s %8s %10s %10s %12s%n",
        "", "reads", "failed", "median ms", "p99 ms", "longest ms");
    boolean good = read(out, "before", gateway, 5);
    Map<Kind, Integer> counts = counts();
    try (HostileClients hostile =
        HostileClients.begin(URI.create(gateway).getPort(), counts, opens)) {
      good &= read(out, "under attack", gateway, seconds);
      out.printf("%s; %d connections opened%n", text(counts), hostile.opened());
    }
    out.println(
        "connections at the gateway: " + http.get(gateway + "/services").path("connections"));
    good &= read(out, "after", gateway, 5);
    out.println(good ? "held" : "FAILED: expected no failed read and p99 <= " + bound + " ms");
    out.flush();
    return good;
  }

  private Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(
          kind,
          switch (kind) {
            case SLOW_HEAD, SLOW_BODY, SLOW_READER -> slow;
            case IDLE -> idle;
            case PIPELINE -> pipelines;
          });
    }
    return counts;
  }

  private static String text(Map<Kind, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** One client on a connection that it keeps, and one that opens a new one for each read. */
  private boolean read(PrintWriter out, String when, String gateway, int seconds) {
    Requests kept = Requests.getUser(gateway, 1);
    CompletableFuture<List<Sample>> opening =
        CompletableFuture.supplyAsync(() -> load(kept.onNewConnections(), seconds));
    boolean good = show(out, when, load(kept, seconds));
    return show(out, "  new", opening.join()) && good;
  }

  private static List<Sample> load(Requests requests, int seconds) {
    return new Load(requests).atConstantRate(RATE, (long) RATE * seconds);
  }

  private boolean show(PrintWriter out, String when, List<Sample> samples) {
    double[] millis = samples.stream().mapToDouble(Sample::millis).sorted().toArray();
    long failed = samples.stream().filter(sample -> !sample.isOk()).count();
    double p99 = millis[(int) Math.ceil(0.99 * millis.length) - 1];
    out.printf(
        "%-14s %8d %8d %10.1f %10.1f %12.1f%n",
        when, millis.length, failed, millis[millis.length / 2], p99, millis[millis.length - 1]);
    samples.stream().filter(sample -> !sample.isOk()).limit(3).forEach(s -> out.println("  " + s));
    out.flush();
    return failed == 0 && p99 <= bound;
  }
}
