package dev.troupe.cli.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Lets Maven compile the project, for projects whose build does more than to compile Java. */
final class MavenBuild implements ProjectBuild {
  private final Path project;

  MavenBuild(Path project) {
    this.project = project;
  }

  @Override
  public List<Path> watched() {
    return List.of(project.resolve("src/main"), project.resolve("pom.xml"));
  }

  @Override
  public BuildResult build(Path output) throws IOException, InterruptedException {
    MavenGoals.Result result = MavenGoals.run(project, List.of("compile"));
    if (result.exitCode() != 0) {
      return new BuildResult(result.errors());
    }
    FileTree.copy(project.resolve("target/classes"), output);
    return BuildResult.DONE;
  }
}
