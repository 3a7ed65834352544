package dev.troupe.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script with which a shell completes the arguments of commands. */
@Command(
    name = "completion",
    description =
        "Prints a script that completes commands and options of troupe in a shell. For this shell:"
            + " source <(bin/troupe completion bash)")
public final class CompletionCommand implements Callable<Integer> {
  /** Shells that the script is for. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.BASH;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    // The script works in both shells; in zsh it needs the completion system.
    if (shell == Shell.ZSH) {
      spec.commandLine().getOut().println("autoload -U +X compinit && compinit");
    }
    spec.commandLine()
        .getOut()
        .println(AutoComplete.bash("troupe", spec.root().commandLine()).strip());
    return ExitCode.OK.code();
  }
}
