package dev.troupe.cli.project;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Maven repository that Troupe ships with: the artifacts that a service is compiled and tested
 * with, in the layout of a remote repository. The build of Troupe makes it.
 */
final class ApiRepository {
  private static final String GROUP = "dev.troupe";
  private static final String BOM = "troupe-bom";

  private final Path directory;

  private ApiRepository(Path directory) {
    this.directory = directory;
  }

  /**
   * Finds the repository of a checkout or of a distribution.
   *
   * @param root the directory above bin/troupe
   * @throws CommandException when it has no repository
   */
  static ApiRepository in(Path root) {
    Path built = root.resolve("dist/target/troupe/maven");
    Path shipped = root.resolve("maven");
    return Stream.of(built, shipped)
        .filter(path -> Files.isDirectory(path.resolve("dev/troupe").resolve(BOM)))
        .findFirst()
        .map(path -> new ApiRepository(path.toAbsolutePath()))
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.FAILED,
                    """
                    There is no Maven repository with %s:%s in %s or %s.
                    In a checkout of Troupe build it: mvn -DskipTests package. Otherwise unpack \
                    Troupe again.\
                    """
                        .formatted(GROUP, BOM, built, shipped)));
  }

  Path directory() {
    return directory;
  }

  /**
   * Has no blanks, as a file of arguments of Maven needs it. Letters beyond ASCII stay as they are,
   * because Maven would take the octets of an escaped one for letters.
   */
  String url() {
    return "file://" + directory.toString().replace("%", "%25").replace(" ", "%20");
  }

  /** The version of all artifacts. */
  String version() throws IOException {
    return bom().version();
  }

  private ApiArtifact bom() throws IOException {
    return artifacts().stream()
        .filter(artifact -> artifact.name().equals(BOM))
        .findFirst()
        .orElseThrow(() -> new IOException("%s has no pom of %s".formatted(directory, BOM)));
  }

  /** All artifacts, in the order of their names. */
  List<ApiArtifact> artifacts() throws IOException {
    List<ApiArtifact> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path pom : files.filter(file -> file.toString().endsWith(".pom")).sorted().toList()) {
        found.add(new ApiArtifact(pom));
      }
    }
    return List.copyOf(found);
  }
}
