package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentTest {
  @TempDir private Path directory;

  @Test
  void aCopyOfTheJarsKnowsTheHomesThatUseIt() throws IOException {
    Path copy = Files.createDirectories(directory.resolve("versions/1234/lib")).getParent();
    Files.writeString(copy.resolve("complete"), "");
    for (String name : List.of("one", "two", "one")) {
      deployment(name, copy).write();
    }

    try (Stream<Path> homes = Files.list(copy.resolve("homes"))) {
      assertThat(homes.toList())
          .hasSize(2)
          .anySatisfy(note -> assertThat(note).hasContent(directory.resolve("one") + "\n"))
          .anySatisfy(note -> assertThat(note).hasContent(directory.resolve("two") + "\n"));
    }
    assertThat(Deployment.find(directory.resolve("one"))).contains(deployment("one", copy));
  }

  @Test
  void whatIsNoCopyIsLeftAlone() throws IOException {
    Path jars = Files.createDirectories(directory.resolve("target/lib")).getParent();
    deployment("one", jars).write();
    assertThat(jars.resolve("homes")).doesNotExist();
  }

  private Deployment deployment(String home, Path copy) {
    return new Deployment(
        directory.resolve(home),
        new Distribution(copy.resolve("lib")),
        directory.resolve("services"));
  }
}
