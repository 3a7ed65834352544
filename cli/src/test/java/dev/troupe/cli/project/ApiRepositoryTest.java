package dev.troupe.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiRepositoryTest {
  @TempDir private Path root;

  @Test
  void artifactsAreFoundWithTheJarsThatTheyHave() throws IOException {
    file("maven/dev/troupe/troupe-bom/0.2-SNAPSHOT/troupe-bom-0.2-20260101.101010-1.pom");
    String stem = "maven/dev/troupe/troupe-protocol/0.2-SNAPSHOT/troupe-protocol-0.2-20260101.1-2";
    Path pom = file(stem + ".pom");
    Path jar = file(stem + ".jar");
    Path sources = file(stem + "-sources.jar");
    file(stem + ".jar.sha1");

    ApiRepository repository = ApiRepository.in(root);

    assertThat(repository.version()).isEqualTo("0.2-SNAPSHOT");
    assertThat(repository.artifacts())
        .extracting(ApiArtifact::name)
        .containsExactly("troupe-bom", "troupe-protocol");
    ApiArtifact protocol = repository.artifacts().get(1);
    assertThat(protocol.pom()).isEqualTo(pom);
    assertThat(protocol.version()).isEqualTo("0.2-SNAPSHOT");
    assertThat(protocol.jar()).contains(jar);
    assertThat(protocol.sources()).contains(sources);
    assertThat(protocol.javadoc()).isEmpty();
    assertThat(InstallPom.of(repository.artifacts()))
        .contains("<file>%s</file><pomFile>%s</pomFile>".formatted(jar, pom))
        .contains("<sources>%s</sources></configuration>".formatted(sources));
  }

  @Test
  void aCheckoutHasItWhereTheBuildPutsIt() throws IOException {
    file("dist/target/troupe/maven/dev/troupe/troupe-bom/0.2/troupe-bom-0.2.pom");

    ApiRepository repository = ApiRepository.in(root);

    assertThat(repository.version()).isEqualTo("0.2");
    assertThat(repository.directory()).isEqualTo(root.resolve("dist/target/troupe/maven"));
  }

  @Test
  void itsUrlIsOneThatMavenReads() throws IOException {
    Path troupe = root.resolve("mein Schauspiel ä");
    Files.createDirectories(troupe.resolve("maven/dev/troupe/troupe-bom"));

    assertThat(ApiRepository.in(troupe).url())
        .isEqualTo("file://" + root + "/mein%20Schauspiel%20ä/maven");
  }

  @Test
  void withoutOneTheWayToGetOneIsNamed() {
    assertThatThrownBy(() -> ApiRepository.in(root))
        .isInstanceOf(CommandException.class)
        .hasMessageContainingAll(root.toString(), "mvn -DskipTests package");
  }

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }
}
