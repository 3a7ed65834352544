package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.it.GuideStep.RunCommand;
import dev.troupe.it.GuideStep.WriteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does all that docs/service-guide.md says, with an empty local repository of Maven. */
@Tag("alone")
final class ServiceGuideIT {
  @TempDir private Path directory;
  private Path project;
  private Path repository;
  private Installation troupe;

  @BeforeEach
  void unpack() throws IOException {
    // Blanks and letters beyond ASCII are in the path of many a user.
    Path place = Files.createDirectory(directory.resolve("mein ä"));
    troupe = Installation.in(place.resolve("troupe"));
    project = place.resolve("inventory");
    repository = directory.resolve("repository");
  }

  @AfterEach
  void stop() {
    if (Files.isDirectory(project.resolve("home/run"))) {
      troupe.troupe(project.resolve("home"), "down");
    }
  }

  @Test
  void aReaderOfTheGuideGetsWhatItPromises() throws IOException {
    Path page = Path.of(System.getProperty("troupe.checkout"), "docs/service-guide.md");
    Path current = project.getParent();
    for (GuideStep step : GuideStep.of(Files.readString(page))) {
      if (step instanceof WriteFile file) {
        Path target = project.resolve(file.path());
        Files.createDirectories(target.getParent());
        Files.writeString(target, file.content());
      } else if (step instanceof RunCommand command && command.line().startsWith("cd ")) {
        current = current.resolve(command.line().substring("cd ".length()));
      } else if (step instanceof RunCommand command) {
        run(command, current);
      }
    }
    aMovedTroupeIsNamed();
    anInstalledApiIsEnough();
  }

  private void aMovedTroupeIsNamed() throws IOException {
    Path place = project.resolve(".mvn/maven.config");
    Files.writeString(place, Files.readString(place).replace("/troupe/maven", "/moved/maven"));
    forgetTroupe();

    Command build = shell("mvn -q package", project);

    assertThat(build.exitCode()).isNotZero();
    assertThat(build.output())
        .contains("Could not find artifact dev.troupe:troupe-bom", "troupe-see-README")
        .contains("/moved/maven");
  }

  private void anInstalledApiIsEnough() throws IOException {
    Files.delete(project.resolve(".mvn/maven.config"));
    forgetTroupe();

    Command install = shell("../troupe/bin/troupe install-api", project);

    assertThat(install.exitCode()).as(install.output()).isZero();
    assertThat(install.output())
        .contains("Installed dev.troupe:troupe-bom:", "Installed dev.troupe:troupe-protocol:");
    try (Stream<Path> files = Files.walk(repository.resolve("dev/troupe/troupe-protocol"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.matches("troupe-protocol-.*-sources.jar"))
          .anyMatch(name -> name.matches("troupe-protocol-.*-javadoc.jar"));
    }
    Command build = shell("mvn -q -o package", project);
    assertThat(build.exitCode()).as(build.output()).isZero();
  }

  private void forgetTroupe() throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve("dev/troupe"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void run(RunCommand command, Path current) throws IOException {
    Command done = shell(command.line().replace(":5000/", ":" + port() + "/"), current);

    String printed = done.output().replace(":" + port() + " ", ":5000 ");
    assertThat(done.exitCode()).as("%s%n%s", command.line(), printed).isZero();
    assertThat(command.shows(printed)).as("%s%n%s", command.line(), printed).isTrue();
  }

  private Command shell(String line, Path current) {
    // bin/troupe works in any locale; Maven opens only files that the locale can name.
    String locale = line.contains("bin/troupe") ? "C" : "C.UTF-8";
    return Command.run(
        List.of("sh", "-c", "cd '%s' && %s".formatted(current, line)),
        Map.of(
            "LC_ALL",
            locale,
            "MAVEN_OPTS",
            "-Dmaven.repo.local=" + repository,
            "GATEWAY_PORT",
            "0",
            "MANAGEMENT_PORT",
            "0",
            "TROUPE_NO_BUILD",
            "1"));
  }

  /** The gateway may have any free port, so that the test can run beside others. */
  private String port() throws IOException {
    Path file = project.resolve("home/run/gateway.port");
    return Files.exists(file) ? Files.readString(file).strip() : "5000";
  }
}
