package dev.troupe.cli.reload;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeAccess;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.status.SeedRequest;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reload}: applies a changed {@code application.conf} to the running cluster. */
@Command(
    name = "reload",
    description =
        "Applies application.conf, as it is now, to the running cluster: starts services that were"
            + " added, and replaces the processes whose settings have changed, one after the other."
            + " Shows first what it will do. A file with a mistake, or a change of a setting that"
            + " holds from up to down, changes nothing.")
public final class ReloadCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(names = "--dry-run", description = "Only shows what would be done.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path home = homeOption.path();
    HomeAccess.requireSafe(home);
    PrintWriter out = spec.commandLine().getOut();
    SeedRequest request = new SeedRequest(homeOption);
    // Fails when no seed node answers.
    request.status();
    LauncherLock lock = LauncherLock.requireForUpdate(home);
    try (lock) {
      SettingsSnapshot before = SettingsSnapshot.read(home);
      SettingsSnapshot after = SettingsSnapshot.take(home, System.getenv());
      ReloadPlan plan = ReloadPlan.between(before.settings(), after.settings());
      show(plan, home, out);
      if (!dryRun) {
        new Reload(homeOption, request, out).run(plan, before, after);
      }
    }
    return ExitCode.OK.code();
  }

  private void show(ReloadPlan plan, Path home, PrintWriter out) {
    plan.lines().forEach(out::println);
    if (!plan.fixed().isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_SETTINGS,
          ("These settings hold from `bin/troupe up` to `bin/troupe down`: %s. Nothing was changed."
                  + " Stop and start the cluster, or take the change of them back in %s (variables of"
                  + " the environment like GATEWAY_PORT count as for `up`)")
              .formatted(String.join(", ", plan.fixed()), home.resolve(SettingsLoader.FILE)));
    }
    if (plan.isEmpty()) {
      out.println("The cluster has these settings already.");
    } else if (dryRun) {
      out.println("Nothing was changed.");
    }
  }
}
