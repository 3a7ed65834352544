package dev.troupe.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs services of the tests as somebody would pack services of their own. */
final class ServiceJar {
  private ServiceJar() {}

  /** Puts a jar of these classes, and of the records nested in them, into the home. */
  static void pack(Path home, Class<?>... services) throws IOException {
    Path jar = home.resolve("services").resolve("broken.jar");
    Files.createDirectories(jar.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> service : services) {
        add(out, service);
        for (Class<?> nested : service.getDeclaredClasses()) {
          add(out, nested);
        }
      }
    }
  }

  private static void add(JarOutputStream out, Class<?> type) throws IOException {
    String entry = type.getName().replace('.', '/') + ".class";
    out.putNextEntry(new JarEntry(entry));
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
      bytes.transferTo(out);
    }
  }
}
