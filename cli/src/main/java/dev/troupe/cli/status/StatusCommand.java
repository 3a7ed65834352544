package dev.troupe.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.StatusText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: what runs, and why something does not. */
@Command(name = "status", description = "Shows every slot: process, state, restarts, reasons.")
public final class StatusCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(names = "--json", description = "Prints it as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path home = homeOption.path();
    PrintWriter out = spec.commandLine().getOut();
    Optional<ControlClient> seed = ControlClient.of(home.resolve("run"));
    if (seed.isEmpty()) {
      throw SilentSeed.explain(home, homeOption, SilentSeed.NO_FILE);
    }
    try {
      if (json) {
        out.println(new String(seed.get().statusJson(), UTF_8).strip());
      } else {
        StatusText.lines(seed.get().status(), Instant.now()).forEach(out::println);
      }
      return ExitCode.OK.code();
    } catch (ControlException e) {
      throw SilentSeed.explain(home, homeOption, e.getMessage());
    }
  }
}
