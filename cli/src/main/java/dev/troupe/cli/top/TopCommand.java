package dev.troupe.cli.top;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.DurationConverter;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.command.Terminal;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.status.SeedRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code top}: shows what each slot does, again and again. */
@Command(
    name = "top",
    description =
        "Shows the requests, CPU and memory of each slot. At a terminal the table is live: s or the arrows"
            + " choose the order, q or Ctrl-C ends it. Elsewhere it is printed once.")
public final class TopCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofHours(1);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(names = "--once", description = "Prints the table once, after one interval.")
  private boolean once;

  @Option(
      names = "--json",
      description = "Prints the figures once, as one line of JSON, for programs.")
  private boolean json;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How often the figures are taken, 500ms to 1h. Default: ${DEFAULT-VALUE}.")
  private Duration interval = Duration.ofSeconds(2);

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "slot",
      description = "The first order: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private SortOrder order = SortOrder.SLOT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--interval: %d ms (expected: 500ms to 1h)".formatted(interval.toMillis()));
    }
    if (once || json || Terminal.ofThisProcess().isEmpty()) {
      printOnce(spec.commandLine().getOut());
    } else {
      showLive();
    }
    return ExitCode.OK.code();
  }

  private void printOnce(PrintWriter out) throws IOException, InterruptedException {
    SeedRequest request = new SeedRequest(homeOption);
    TopSampler sampler = new TopSampler();
    request.ask(sampler::sample);
    Thread.sleep(interval.toMillis());
    TopView view = request.ask(sampler::sample);
    if (json) {
      out.println(TopText.json(view, order));
    } else {
      TopText.table(view, order).forEach(out::println);
    }
  }

  // No method names the terminal of JLine: whatever reads the methods of this class, as picocli
  // does for each command, would load it.
  private void showLive() throws IOException {
    // Says what is wrong before the screen is taken.
    new SeedRequest(homeOption).status();
    AtomicReference<@Nullable TopView> newest = new AtomicReference<>();
    TopSampler sampler = new TopSampler();
    Path run = homeOption.path().resolve("run");
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "top-sampler");
              daemon.setDaemon(true);
              return daemon;
            });
    // By stty, which is where a shell is: no native library has to be unpacked for it.
    try (org.jline.terminal.Terminal terminal =
        TerminalBuilder.builder().system(true).provider("exec").build()) {
      var unused =
          thread.scheduleWithFixedDelay(
              () -> newest.set(next(sampler, run, newest.get())),
              0,
              interval.toMillis(),
              TimeUnit.MILLISECONDS);
      new TopScreen(terminal, "troupe top, " + homeOption.path(), order, newest::get).run();
    } finally {
      thread.shutdownNow();
    }
  }

  // A seed node that is launched again has another port and another token.
  private static TopView next(TopSampler sampler, Path run, @Nullable TopView last) {
    String silence;
    try {
      ControlClient seed = ControlClient.of(run).orElse(null);
      if (seed != null) {
        return sampler.sample(seed);
      }
      silence = "there is no run/control.json: no cluster runs";
    } catch (ControlException e) {
      silence = e.getMessage();
    } catch (CommandException | IllegalStateException e) {
      silence = e.toString();
    }
    return last == null
        ? new TopView(
            Instant.now(), List.of(), new SlotFigures(null, null, null, null, null, null), silence)
        : last.silent(silence);
  }
}
