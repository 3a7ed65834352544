package dev.troupe.cli;

import dev.troupe.cli.archive.ArchiveCommand;
import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.CompletionCommand;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.dashboard.DashboardCommand;
import dev.troupe.cli.data.DataCommand;
import dev.troupe.cli.dev.DevCommand;
import dev.troupe.cli.doctor.DoctorCommand;
import dev.troupe.cli.events.EventsCommand;
import dev.troupe.cli.events.WhyCommand;
import dev.troupe.cli.launch.UpCommand;
import dev.troupe.cli.logs.LogsCommand;
import dev.troupe.cli.project.InstallApiCommand;
import dev.troupe.cli.project.NewCommand;
import dev.troupe.cli.reload.ReloadCommand;
import dev.troupe.cli.status.AlertsCommand;
import dev.troupe.cli.status.LogLevelCommand;
import dev.troupe.cli.status.RestartCommand;
import dev.troupe.cli.status.RoutesCommand;
import dev.troupe.cli.status.ScaleCommand;
import dev.troupe.cli.status.StatusCommand;
import dev.troupe.cli.status.ThreadsCommand;
import dev.troupe.cli.status.UpdateCommand;
import dev.troupe.cli.status.WaitCommand;
import dev.troupe.cli.stop.DownCommand;
import dev.troupe.cli.top.TopCommand;
import dev.troupe.cli.traces.TracesCommand;
import dev.troupe.cli.versions.DeployCommand;
import dev.troupe.cli.versions.RollbackCommand;
import dev.troupe.cli.versions.VersionsCommand;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.text.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** The program {@code bin/troupe}. */
@Command(
    name = "troupe",
    description = "Runs JVM services as supervised processes of one cluster behind one gateway.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      TopCommand.class,
      DashboardCommand.class,
      WaitCommand.class,
      RoutesCommand.class,
      LogsCommand.class,
      EventsCommand.class,
      WhyCommand.class,
      ThreadsCommand.class,
      LogLevelCommand.class,
      AlertsCommand.class,
      TracesCommand.class,
      RestartCommand.class,
      UpdateCommand.class,
      ReloadCommand.class,
      DeployCommand.class,
      RollbackCommand.class,
      VersionsCommand.class,
      ScaleCommand.class,
      DevCommand.class,
      DataCommand.class,
      NewCommand.class,
      InstallApiCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      ArchiveCommand.class
    })
public final class Main {
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine main = new CommandLine(new Main());
    common(main);
    main.getSubcommands().values().forEach(Main::common);
    main.setCaseInsensitiveEnumValuesAllowed(true);
    main.setExecutionStrategy(Main::execute);
    main.setExecutionExceptionHandler(Main::explain);
    return main;
  }

  private static void common(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(ExitCode.meanings());
    command.getCommandSpec().version("Troupe " + version());
  }

  private static int execute(ParseResult parsed) {
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      parsed.commandSpec().commandLine().usage(parsed.commandSpec().commandLine().getErr());
      return ExitCode.USAGE.code();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int explain(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof CommandException expected) {
      command.getErr().println(VisibleText.lines(String.valueOf(expected.getMessage())));
      return expected.exitCode().code();
    }
    if (e instanceof SettingsException unusable) {
      command.getErr().println(VisibleText.lines(String.valueOf(unusable.getMessage())));
      return ExitCode.BAD_SETTINGS.code();
    }
    throw e;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }
}
