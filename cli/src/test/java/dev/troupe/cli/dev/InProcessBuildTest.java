package dev.troupe.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InProcessBuildTest {
  @TempDir private Path project;
  @TempDir private Path output;
  private ProjectBuild build;

  @BeforeEach
  void setUp() {
    build =
        new InProcessBuild(
            project,
            new ProjectClassPath(project, List.of(), List.of()),
            InProcessBuild.compilerOfThisProcess());
  }

  private void source(String text) throws Exception {
    Path sources = Files.createDirectories(project.resolve("src/main/java/demo"));
    Files.writeString(sources.resolve("Greeter.java"), text);
  }

  @Test
  void classesAndResourcesAreInTheOutput() throws Exception {
    source("package demo; class Greeter { String greet(String name) { return name; } }");
    Path resources = Files.createDirectories(project.resolve("src/main/resources/db"));
    Files.writeString(resources.resolve("V1__a.sql"), "SELECT 1");

    assertThat(build.build(output)).isEqualTo(BuildResult.DONE);

    assertThat(output.resolve("demo/Greeter.class")).exists();
    assertThat(output.resolve("db/V1__a.sql")).hasContent("SELECT 1");
  }

  @Test
  void anErrorNamesItsPlaceInTheProject() throws Exception {
    source("package demo;\nclass Greeter { String greet() { return 7; } }\n");

    BuildResult result = build.build(output);

    assertThat(result.isDone()).isFalse();
    assertThat(result.errors().get(0))
        .startsWith("src/main/java/demo/Greeter.java:2: error: incompatible types");
    assertThat(String.join("\n", result.errors())).contains("return 7;");
  }

  @Test
  void aProjectWithoutSourcesSaysSo() throws Exception {
    assertThat(build.build(output).errors()).singleElement().asString().contains("src/main/java");
  }
}
