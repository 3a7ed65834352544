package dev.troupe.cli.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One artifact of Troupe's Maven repository.
 *
 * @param pom {@code …/NAME/VERSION/NAME-VERSION.pom}; the version in the name of the file has a
 *     time stamp if it is a snapshot
 */
record ApiArtifact(Path pom) {
  String name() {
    return directory(2);
  }

  /** Without a time stamp. */
  String version() {
    return directory(1);
  }

  private String directory(int above) {
    return pom.getName(pom.getNameCount() - 1 - above).toString();
  }

  /** Empty if the artifact consists of its pom. */
  Optional<Path> jar() {
    return file(".jar");
  }

  Optional<Path> sources() {
    return file("-sources.jar");
  }

  Optional<Path> javadoc() {
    return file("-javadoc.jar");
  }

  private Optional<Path> file(String ending) {
    String stem = pom.getFileName().toString().replaceFirst("\\.pom$", "");
    return Optional.of(pom.resolveSibling(stem + ending)).filter(Files::isRegularFile);
  }
}
