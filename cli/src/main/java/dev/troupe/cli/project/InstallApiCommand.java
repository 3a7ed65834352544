package dev.troupe.cli.project;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code install-api}: installs what a service is built with into the local Maven repository. */
@Command(
    name = "install-api",
    description =
        "Installs the API of services with its sources and javadoc, and the BOM of Troupe, into the"
            + " local Maven repository. A project that bin/troupe new made needs that only on"
            + " machines where its .mvn/maven.config does not name this Troupe.")
public final class InstallApiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--local-repository",
      paramLabel = "DIR",
      description =
          "The local repository. Default: the one that the settings of Maven name, usually"
              + " ~/.m2/repository.")
  private @Nullable Path localRepository;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<ApiArtifact> artifacts = ApiRepository.in(HomeOption.root()).artifacts();
    install(artifacts);
    for (ApiArtifact artifact : artifacts) {
      out.printf("Installed dev.troupe:%s:%s%n", artifact.name(), artifact.version());
    }
    return ExitCode.OK.code();
  }

  private void install(List<ApiArtifact> artifacts) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("troupe-install-api");
    Path pom = directory.resolve("pom.xml");
    try {
      Files.writeString(pom, InstallPom.of(artifacts));
      List<String> arguments = new ArrayList<>(List.of("-f", pom.toString(), InstallPom.PHASE));
      if (localRepository != null) {
        arguments.add("-Dmaven.repo.local=" + localRepository.toAbsolutePath());
      }
      Maven.run("install the API", directory, arguments);
    } finally {
      Files.deleteIfExists(pom);
      Files.deleteIfExists(directory);
    }
  }
}
