package dev.troupe.cli.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Takes the classes that an IDE, or any other build, writes into {@code target/classes}. */
final class WrittenClasses implements ProjectBuild {
  private final Path classes;

  WrittenClasses(Path project) {
    this.classes = project.resolve("target/classes");
  }

  @Override
  public List<Path> watched() {
    return List.of(classes);
  }

  @Override
  public BuildResult build(Path output) throws IOException {
    if (FileTree.files(classes, ".class").isEmpty()) {
      return new BuildResult(List.of("There is no class below " + classes + " yet"));
    }
    FileTree.copy(classes, output);
    return BuildResult.DONE;
  }
}
