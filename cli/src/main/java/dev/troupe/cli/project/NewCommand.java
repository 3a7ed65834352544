package dev.troupe.cli.project;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.command.ShellWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code new}: makes the Maven project of a service. */
@Command(
    name = "new",
    description =
        "Makes a Maven project with a service that has storage, a migration, tests, a README and"
            + " the settings of a home to try it in. It builds with a JDK of version 17 or later"
            + " and Maven 3.8 or later, and gets the API from this Troupe. Nothing is overwritten.")
public final class NewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The name of the service and of its class, like InventoryService.")
  private String name = "";

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The Java package. Default: com.example and the name, in lower case.")
  private @Nullable String packageName;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "The directory of the project. Default: the name, in the directory where you are.")
  private @Nullable Path directory;

  @Override
  public Integer call() {
    ProjectNames names = names();
    Path given = directory == null ? Path.of(name) : directory;
    NewProject project = NewProject.at(given);
    Path root = HomeOption.root().toAbsolutePath();
    ApiRepository repository = ApiRepository.in(root);
    try {
      project.make(new ProjectTemplate(names, repository, root)::writeTo);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s could not be made, and nothing of it is left: %s".formatted(project.directory(), e));
    }
    spec.commandLine()
        .getOut()
        .printf(
            """
            Made %s with service %s
            Next: cd %s && mvn package
            Its README.md says how to run and test it.
            """,
            project.directory(), name, ShellWord.quoted(given.toString()));
    return ExitCode.OK.code();
  }

  private ProjectNames names() {
    try {
      return ProjectNames.of(name, packageName);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
