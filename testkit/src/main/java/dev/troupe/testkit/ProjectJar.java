package dev.troupe.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The services of a Maven project as a jar: the one that the build made, or one of the compiled
 * classes while there is none or it is older than they are, as in an IDE.
 */
final class ProjectJar {
  private static final List<String> NOT_FOR_SERVICES =
      List.of("-sources.jar", "-javadoc.jar", "-tests.jar");

  private ProjectJar() {}

  /**
   * Puts the jar of the project into {@code services}.
   *
   * @throws IllegalStateException when nothing is compiled
   */
  static void copy(Path project, Path services) throws IOException {
    Path target = project.resolve("target");
    Path classes = target.resolve("classes");
    if (!Files.isDirectory(classes)) {
      throw new IllegalStateException(
          "no classes in %s (expected: a compiled Maven project, or the jars of the services in @TroupeCluster(jars = …))"
              .formatted(classes));
    }
    Optional<Path> built = built(target);
    if (built.isPresent() && modified(built.get()).compareTo(newest(classes)) >= 0) {
      Files.copy(built.get(), services.resolve(built.get().getFileName()));
    } else {
      pack(classes, services.resolve("project.jar"));
    }
  }

  private static Optional<Path> built(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> isForServices(file.getFileName().toString()))
          .max((a, b) -> modified(a).compareTo(modified(b)));
    }
  }

  private static boolean isForServices(String name) {
    return name.endsWith(".jar")
        && !name.startsWith("original-")
        && NOT_FOR_SERVICES.stream().noneMatch(name::endsWith);
  }

  private static FileTime newest(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(Files::isRegularFile)
          .map(ProjectJar::modified)
          .max(FileTime::compareTo)
          .orElse(FileTime.fromMillis(0));
    }
  }

  private static FileTime modified(Path file) {
    return FileTime.fromMillis(file.toFile().lastModified());
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        out.putNextEntry(new JarEntry(name));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
