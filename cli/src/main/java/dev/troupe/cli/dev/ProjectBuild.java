package dev.troupe.cli.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How the classes of a project come about. */
interface ProjectBuild {
  /** The directories and files whose changes ask for a build. */
  List<Path> watched();

  /** Writes the classes and resources of the project into an empty directory; blocks. */
  BuildResult build(Path output) throws IOException, InterruptedException;
}
