package dev.troupe.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the time and CPU time of a start, and memory and CPU time at rest. */
@Command(
    name = "bench/start",
    mixinStandardHelpOptions = true,
    description =
        "Runs `bin/troupe up` in a new home until POST /orders succeeds, and prints wall and CPU"
            + " time of all processes until then, the launcher included. Then prints their memory"
            + " and their CPU time at rest. Linux only. The exit code is 1 if a median is out of its"
            + " bound.")
final class StartBench implements Callable<Integer> {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final String LAUNCHER = "launcher";

  @Option(names = "--runs", description = "Number of starts (default: ${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(
      names = "--settle",
      description = "Seconds from the first order to rest (default: ${DEFAULT-VALUE}).")
  private int settle = 20;

  @Option(
      names = "--idle",
      description = "Seconds of measurement at rest (default: ${DEFAULT-VALUE}).")
  private int idle = 60;

  @Option(names = "--wall", description = "Most seconds of a start (default: ${DEFAULT-VALUE}).")
  private double mostWall = 8;

  @Option(names = "--cpu", description = "Most CPU seconds of a start (default: ${DEFAULT-VALUE}).")
  private double mostCpu = 14;

  @Option(
      names = "--settings",
      description = "File with more settings, such as JVM options to compare.")
  private Path settings = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Path checkout = Path.of(System.getProperty("troupe.bench.checkout", "."));

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StartBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<StartRun> measured = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      measured.add(run());
    }
    StartReport report = new StartReport(measured);
    PrintWriter out = spec.commandLine().getOut();
    out.println(report.totals(mostWall, mostCpu));
    out.println();
    out.println(report.processes());
    return report.isWithin(mostWall, mostCpu) ? 0 : 1;
  }

  private StartRun run() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("troupe-bench");
    String more = settings.toString().isEmpty() ? "" : Files.readString(settings);
    ClusterUnderTest product =
        ClusterUnderTest.in(checkout, home, ClusterUnderTest.SERVICES + more);
    Path output = home.resolve("up.out");
    long begun = System.nanoTime();
    Process launcher =
        product.command("up").redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      awaitOrder(product, launcher, output, begun);
      double wall = (System.nanoTime() - begun) / 1e9;
      Map<String, Long> pids = new HashMap<>(product.pids());
      pids.put(LAUNCHER, launcher.pid());
      Map<String, ProcessFigures> started = figures(pids);
      TimeUnit.SECONDS.sleep(settle);
      Map<String, ProcessFigures> idleBegin = figures(pids);
      long idleBegun = System.nanoTime();
      TimeUnit.SECONDS.sleep(idle);
      Map<String, ProcessFigures> idleEnd = figures(pids);
      double seconds = (System.nanoTime() - idleBegun) / 1e9;
      return new StartRun(wall, started, idleBegin, seconds, idleEnd);
    } finally {
      launcher.destroy();
      launcher.waitFor();
    }
  }

  private void awaitOrder(ClusterUnderTest product, Process launcher, Path output, long begun)
      throws IOException {
    long user = 0;
    IOException last = new IOException("no request sent");
    while (System.nanoTime() - begun < LONGEST_START.toNanos()) {
      if (!launcher.isAlive()) {
        throw new IOException("up ended: " + Files.readString(output));
      }
      try {
        user = user == 0 ? product.createUser("first") : user;
        product.createOrder(user);
        return;
      } catch (IOException notYet) {
        last = notYet;
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    throw new IOException("no order within " + LONGEST_START + " in " + product.home(), last);
  }

  private static Map<String, ProcessFigures> figures(Map<String, Long> pids) throws IOException {
    Map<String, ProcessFigures> figures = new HashMap<>();
    for (Map.Entry<String, Long> process : pids.entrySet()) {
      figures.put(process.getKey(), ProcessFigures.of(process.getValue()));
    }
    return figures;
  }
}
