package dev.troupe.cli.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A pom whose build installs artifacts, so that one run of Maven installs all of them. */
final class InstallPom {
  static final String PHASE = "initialize";

  // The version that the build of Troupe uses.
  private static final String PLUGIN_VERSION = "3.1.4";

  private InstallPom() {}

  static String of(List<ApiArtifact> artifacts) {
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>dev.troupe</groupId>
      <artifactId>install-api</artifactId>
      <version>1</version>
      <packaging>pom</packaging>
      <build>
        <plugins>
          <plugin>
            <artifactId>maven-install-plugin</artifactId>
            <version>%s</version>
            <executions>
    %s\
            </executions>
          </plugin>
        </plugins>
      </build>
    </project>
    """
        .formatted(
            PLUGIN_VERSION,
            artifacts.stream().map(InstallPom::execution).collect(Collectors.joining()));
  }

  private static String execution(ApiArtifact artifact) {
    return """
              <execution>
                <id>%s</id>
                <phase>%s</phase>
                <goals><goal>install-file</goal></goals>
                <configuration>%s%s%s%s</configuration>
              </execution>
    """
        .formatted(
            artifact.name(),
            PHASE,
            element("file", Optional.of(artifact.jar().orElse(artifact.pom()))),
            element("pomFile", Optional.of(artifact.pom())),
            element("sources", artifact.sources()),
            element("javadoc", artifact.javadoc()));
  }

  private static String element(String name, Optional<Path> file) {
    return file.map(path -> "<%1$s>%2$s</%1$s>".formatted(name, escaped(path))).orElse("");
  }

  private static String escaped(Path path) {
    return path.toString().replace("&", "&amp;").replace("<", "&lt;");
  }
}
