package dev.troupe.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources into jars, so that a test can have several versions of one class. */
final class SourceJar {
  private static final int OFFSET_OF_MAJOR_VERSION = 6;

  private SourceJar() {}

  /**
   * @param libraries that the sources need beside the API
   * @param sources by the names of their classes
   */
  static Path of(Path jar, List<Path> libraries, Map<String, String> sources) throws IOException {
    return packed(compiled(jar, libraries, sources), jar, false);
  }

  /** The same with classes that no JDK of today can load. */
  static Path ofNewerJava(Path jar, List<Path> libraries, Map<String, String> sources)
      throws IOException {
    return packed(compiled(jar, libraries, sources), jar, true);
  }

  /** The first half of a jar. */
  static Path half(Path jar, Path half) throws IOException {
    byte[] whole = Files.readAllBytes(jar);
    return Files.write(half, Arrays.copyOf(whole, whole.length / 2));
  }

  private static Path compiled(Path jar, List<Path> libraries, Map<String, String> sources)
      throws IOException {
    Path classes = Files.createDirectories(jar.resolveSibling(jar.getFileName() + ".classes"));
    List<String> classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    libraries.forEach(library -> classPath.add(library.toString()));
    boolean done =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                null,
                null,
                null,
                List.of("-proc:none", "-d", classes.toString(), "-cp", String.join(":", classPath)),
                null,
                sources.entrySet().stream().map(SourceJar::source).toList())
            .call();
    if (!done) {
      throw new IllegalArgumentException("the sources do not compile");
    }
    return classes;
  }

  private static JavaFileObject source(Map.Entry<String, String> source) {
    URI name = URI.create("mem:///" + source.getKey().replace('.', '/') + ".java");
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source.getValue();
      }
    };
  }

  private static Path packed(Path classes, Path jar, boolean newer) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        if (newer) {
          content[OFFSET_OF_MAJOR_VERSION + 1] = 99;
        }
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(content);
      }
    }
    return jar;
  }
}
