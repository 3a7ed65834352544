package dev.troupe.service.check;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Finds classes that were built for a newer Java than the one that runs this process. */
final class ClassFileVersions {
  /** The version in a class file less the version of Java. */
  private static final int OFFSET = 44;

  private static final int MAGIC = 0xCAFEBABE;

  private ClassFileVersions() {}

  /** Says of the first such class in the jar that has {@code className} what it was built for. */
  static Optional<String> newer(List<Path> jars, String className) throws IOException {
    for (Path jar : jars) {
      if (Files.isDirectory(jar)) {
        continue;
      }
      try (JarFile opened = new JarFile(jar.toFile())) {
        if (opened.getEntry(className.replace('.', '/') + ".class") != null) {
          return newer(opened, jar);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> newer(JarFile opened, Path jar) throws IOException {
    int own = Runtime.version().feature();
    for (JarEntry entry : Collections.list(opened.entries())) {
      String name = entry.getName();
      // The JVM takes versions of a class in META-INF only if it can use them.
      if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
        try (DataInputStream file = new DataInputStream(opened.getInputStream(entry))) {
          if (file.readInt() == MAGIC) {
            file.readUnsignedShort();
            int java = file.readUnsignedShort() - OFFSET;
            if (java > own) {
              return Optional.of(
                  ("%s in %s was built for Java %d, and this cluster runs with Java %d. Build it with"
                          + " --release %d, or start the cluster with a newer JDK")
                      .formatted(name, jar.getFileName(), java, own, own));
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}
