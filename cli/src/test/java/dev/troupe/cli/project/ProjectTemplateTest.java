package dev.troupe.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTemplateTest {
  private static final Pattern DECLARED = Pattern.compile("(?:record|class|interface|enum) (\\w+)");
  private static final Pattern IMPORTED = Pattern.compile("import [\\w.]+\\.(\\w+);");

  @TempDir private Path directory;
  private Path project;

  @BeforeEach
  void write() throws IOException {
    Path troupe = directory.resolve("my troupe");
    Path bom = troupe.resolve("maven/dev/troupe/troupe-bom/0.9/troupe-bom-0.9.pom");
    Files.createDirectories(bom.getParent());
    Files.writeString(bom, "");
    project = directory.resolve("project");
    ProjectNames names = ProjectNames.of("StockService", "org.acme.stock");
    new ProjectTemplate(names, ApiRepository.in(troupe), troupe).writeTo(project);
  }

  @Test
  void eachFileIsAtItsPlaceWithAllNamesFilledIn() throws IOException {
    assertThat(files())
        .contains(
            "pom.xml",
            ".gitignore",
            "README.md",
            ".mvn/maven.config",
            "home/application.conf",
            "src/main/java/org/acme/stock/StockService.java",
            "src/main/resources/db/stock/V1__entry.sql",
            "src/test/java/org/acme/stock/StockServiceTest.java",
            "src/test/java/org/acme/stock/StockServiceIT.java");
    for (String file : files()) {
      assertThat(text(file)).as(file).doesNotContain("{{", "}}");
    }
  }

  @Test
  void theProjectKnowsWhereItsTroupeIs() throws IOException {
    assertThat(text("pom.xml")).contains("<troupe.version>0.9</troupe.version>");
    assertThat(text(".mvn/maven.config"))
        .isEqualTo(
            "-Dtroupe.repository=file://%s/my%%20troupe/maven\n".formatted(directory.toString()));
    assertThat(text("README.md")).contains("'%s/my troupe/bin/troupe' up".formatted(directory));
  }

  @Test
  void theSettingsNameTheClass() throws IOException {
    assertThat(
            ConfigFactory.parseString(text("home/application.conf"))
                .getString("troupe.services.StockService.class"))
        .isEqualTo("org.acme.stock.StockService");
  }

  @Test
  void noServiceCanHaveTheNameOfATypeThatTheSourcesUse() throws IOException {
    for (String file : files()) {
      if (file.endsWith(".java")) {
        String source = text(file);
        Stream.concat(DECLARED.matcher(source).results(), IMPORTED.matcher(source).results())
            .map(found -> found.group(1))
            .filter(type -> !type.startsWith("StockService"))
            .forEach(type -> assertThat(ProjectNames.isTaken(type)).as(type).isTrue());
      }
    }
  }

  private String text(String file) throws IOException {
    return Files.readString(project.resolve(file));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(project)) {
      return all.filter(Files::isRegularFile)
          .map(file -> project.relativize(file).toString())
          .toList();
    }
  }
}
