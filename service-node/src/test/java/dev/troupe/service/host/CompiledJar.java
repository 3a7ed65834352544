package dev.troupe.service.host;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars of sources, so that a test has classes that its class path has not. */
final class CompiledJar {
  private CompiledJar() {}

  /**
   * @param libraries that the sources need beside the class path of the test
   * @param sources by the names of their classes
   */
  static Path of(Path directory, String name, List<Path> libraries, Map<String, String> sources)
      throws IOException {
    Path classes = Files.createTempDirectory(directory, "classes");
    String classPath =
        Stream.concat(
                Stream.of(System.getProperty("java.class.path")),
                libraries.stream().map(Path::toString))
            .reduce((a, b) -> a + ":" + b)
            .orElseThrow();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    boolean done =
        compiler
            .getTask(
                null,
                null,
                null,
                List.of("-d", classes.toString(), "-cp", classPath, "-nowarn", "-proc:none"),
                null,
                sources.entrySet().stream().map(CompiledJar::source).toList())
            .call();
    if (!done) {
      throw new IllegalArgumentException("the sources do not compile");
    }
    return packed(classes, directory.resolve(name));
  }

  private static JavaFileObject source(Map.Entry<String, String> source) {
    URI uri = URI.create("mem:///" + source.getKey().replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source.getValue();
      }
    };
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }
}
