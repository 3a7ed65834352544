package dev.troupe.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the homes of the clusters of tests. */
final class ClusterHome {
  private ClusterHome() {}

  /**
   * A home with the settings and the jars that {@code wanted} names.
   *
   * @param project the directory of the project under test
   * @throws IllegalStateException when a file is missing, with what was expected
   */
  static TemporaryHome create(Path project, TroupeCluster wanted) {
    TemporaryHome home = TemporaryHome.create(settings(project, wanted));
    try {
      Path services = Files.createDirectories(home.path().resolve("services"));
      if (wanted.jars().length == 0) {
        ProjectJar.copy(project, services);
      }
      for (String jar : wanted.jars()) {
        Path file = present(project.resolve(jar), "jars");
        Files.copy(file, services.resolve(file.getFileName()));
      }
      return home;
    } catch (IOException e) {
      home.close();
      throw new UncheckedIOException("the home of the cluster cannot be made", e);
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
  }

  private static String settings(Path project, TroupeCluster wanted) {
    if (wanted.file().isEmpty()) {
      return wanted.settings();
    }
    try {
      return Files.readString(present(project.resolve(wanted.file()), "file"))
          + "\n"
          + wanted.settings();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path present(Path file, String attribute) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          "@TroupeCluster(%s = …): there is no %s (expected: a file; paths are those from the directory of the project)"
              .formatted(attribute, file));
    }
    return file;
  }
}
