package dev.troupe.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars that a project needs beside those of Troupe. Maven is asked for them at the first use,
 * and again after {@code pom.xml} has changed. A project without a {@code pom.xml} gets the jars of
 * the directory {@code services}.
 */
final class ProjectClassPath {
  /** A line of {@code dependency:list}: {@code group:artifact:jar:version:scope:/path}. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*[^:\\s]+:[^:]+:jar:(?:[^:]+:)?[^:]+:(compile|provided|runtime|system)"
              + "(?: \\(optional\\))?:(/.*?\\.jar)(?: -- module.*)?\\s*");

  private static final Set<String> FOR_COMPILATION = Set.of("compile", "provided", "system");

  private final Path pom;
  private final List<Path> troupe;
  private final List<Path> services;
  private List<Jar> jars = List.of();
  private long asked;

  record Jar(String scope, Path file) {}

  /**
   * @param troupe the jars of Troupe, which each process has first
   * @param services the jars of services that the cluster has
   */
  ProjectClassPath(Path project, List<Path> troupe, List<Path> services) {
    this.pom = project.resolve("pom.xml");
    this.troupe = List.copyOf(troupe);
    this.services = List.copyOf(services);
  }

  /** The files on which the class path depends. */
  List<Path> sources() {
    return List.of(pom);
  }

  /** What the compiler needs; asks Maven if needed. Blocks. */
  List<Path> forCompilation() throws IOException, InterruptedException {
    Stream<Path> own =
        known().stream().filter(jar -> FOR_COMPILATION.contains(jar.scope())).map(Jar::file);
    return Stream.concat(troupe.stream(), own).toList();
  }

  /** What a process needs beside Troupe's jars and the classes of the project. Blocks. */
  List<Path> forProcess() throws IOException, InterruptedException {
    return known().stream().filter(jar -> !jar.scope().equals("provided")).map(Jar::file).toList();
  }

  private List<Jar> known() throws IOException, InterruptedException {
    if (!Files.exists(pom)) {
      return services.stream().map(jar -> new Jar("compile", jar)).toList();
    }
    long now = FileTree.fingerprint(List.of(pom));
    if (now != asked) {
      jars = ask();
      asked = now;
    }
    return jars;
  }

  private List<Jar> ask() throws IOException, InterruptedException {
    Path output = Files.createTempFile("troupe-dependencies", ".txt");
    try {
      MavenGoals.Result result =
          MavenGoals.run(
              pom.getParent(),
              List.of(
                  "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:list",
                  "-DoutputAbsoluteArtifactFilename=true",
                  "-DoutputFile=" + output));
      if (result.exitCode() != 0) {
        throw new UnusableProjectException(
            "Maven cannot list the dependencies of %s:%n%s"
                .formatted(pom, String.join("\n", result.errors())));
      }
      return parse(Files.readAllLines(output));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  static List<Jar> parse(List<String> lines) {
    List<Jar> jars = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        jars.add(new Jar(matcher.group(1), Path.of(matcher.group(2))));
      }
    }
    return jars;
  }
}
