package dev.troupe.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Troupe as somebody has unpacked it: {@code bin/troupe} and the jars, without sources. */
final class Installation {
  private static final Path CHECKOUT = Path.of(System.getProperty("troupe.checkout"));

  private final Path root;

  private Installation(Path root) {
    this.root = root;
  }

  /** Unpacks what was built into {@code root}, which is not there yet. */
  static Installation in(Path root) throws IOException {
    Path lib = Files.createDirectories(root.resolve("lib"));
    Files.createDirectories(root.resolve("bin"));
    Files.copy(CHECKOUT.resolve("bin/troupe"), root.resolve("bin/troupe"));
    try (Stream<Path> jars = Files.list(CHECKOUT.resolve("dist/target/troupe/lib"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    copyTree(CHECKOUT.resolve("dist/target/troupe/maven"), root.resolve("maven"));
    return new Installation(root);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  Command troupe(Path home, String... arguments) {
    List<String> line = new ArrayList<>(List.of(root.resolve("bin/troupe").toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--home", home.toString()));
    return Command.run(
        line, Map.of("GATEWAY_PORT", "0", "MANAGEMENT_PORT", "0", "TROUPE_NO_BUILD", "1"));
  }

  /** Replaces Troupe's own jars by others, as a new build does that changes every one of them. */
  void changeJars() throws IOException {
    try (Stream<Path> jars = Files.list(root.resolve("lib"))) {
      jars.filter(jar -> jar.getFileName().toString().matches("(troupe-|.*-node-).*\\.jar"))
          .forEach(Installation::change);
    }
  }

  /** Replaces a jar by one with another entry. */
  static void change(Path jar) {
    Path changed = jar.resolveSibling(jar.getFileName() + ".new");
    try (JarFile from = new JarFile(jar.toFile());
        JarOutputStream into = new JarOutputStream(Files.newOutputStream(changed))) {
      for (Enumeration<JarEntry> all = from.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        into.putNextEntry(new JarEntry(entry.getName()));
        from.getInputStream(entry).transferTo(into);
      }
      into.putNextEntry(new JarEntry("META-INF/another-build"));
      into.finish();
      Files.delete(jar);
      Files.move(changed, jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
