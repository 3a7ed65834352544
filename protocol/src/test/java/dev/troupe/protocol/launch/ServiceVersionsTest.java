package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceVersionsTest {
  private static final String FIRST = "0000000000000001";
  private static final String SECOND = "0000000000000002";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path home;
  private ServiceVersions versions;

  @BeforeEach
  void twoVersions() throws IOException {
    versions = new ServiceVersions(home, "Greeter");
    for (String version : List.of(FIRST, SECOND)) {
      Path directory = Files.createDirectories(versions.directory(version));
      Files.writeString(directory.resolve("a.jar"), "jar");
      Files.write(
          directory.resolve(ServiceVersion.FILE),
          new ServiceVersion(NOW, "/build/a.jar", "1.2", new TreeMap<>(Map.of("a.jar", 3L)))
              .bytes());
    }
  }

  @Test
  void aServiceWithoutACurrentVersionHasTheJarsOfAllServices() throws IOException {
    Files.writeString(home.resolve("services/all.jar"), "jar");
    Deployment deployment = new Deployment(home, new Distribution(home), home.resolve("services"));

    assertThat(deployment.jarsOf("Greeter")).containsExactly(Path.of("services/all.jar"));
    versions.makeCurrent(FIRST, NOW);
    assertThat(deployment.jarsOf("Greeter"))
        .containsExactly(Path.of("services/Greeter/versions", FIRST, "a.jar"));
    assertThat(deployment.jarsOf("Other")).containsExactly(Path.of("services/all.jar"));
  }

  @Test
  void theHistorySaysWhichVersionsWereCurrent() throws IOException {
    versions.makeCurrent(FIRST, NOW);
    versions.makeCurrent(SECOND, NOW.plusSeconds(1));
    versions.makeCurrent(SECOND, NOW.plusSeconds(2));

    assertThat(versions.current()).contains(SECOND);
    assertThat(versions.history())
        .containsExactly(
            new ServiceVersions.Deployed(NOW, FIRST),
            new ServiceVersions.Deployed(NOW.plusSeconds(1), SECOND));
    assertThat(versions.all()).containsExactly(FIRST, SECOND);
  }

  @Test
  void aDamagedVersionIsNamedWithTheWayOut() throws IOException {
    Files.writeString(versions.directory(FIRST).resolve("a.jar"), "ja");
    assertThatThrownBy(() -> versions.jars(FIRST))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(FIRST)
        .hasMessageContaining("a.jar is missing or has another size")
        .hasMessageContaining("bin/troupe deploy Greeter");
    Files.delete(versions.directory(SECOND).resolve(ServiceVersion.FILE));
    assertThatThrownBy(() -> versions.jars(SECOND)).hasMessageContaining("is missing");
    Files.writeString(versions.directory().resolve("current"), "rubbish");
    assertThatThrownBy(versions::current).hasMessageContaining("rubbish");
  }

  @Test
  void theJarsOfAProcessSayWhichVersionItRuns() throws IOException {
    assertThat(versions.versionOf(versions.jars(SECOND))).contains(SECOND);
    assertThat(versions.versionOf(List.of(Path.of("services/all.jar")))).isEmpty();
    assertThat(
            ServiceJarArguments.in(
                ServiceJarArguments.of(List.of(Path.of("a.jar"), Path.of("b.jar")))))
        .containsExactly(Path.of("a.jar"), Path.of("b.jar"));
  }

  @Test
  void whatIsKnownOfAVersionIsReadAsItWasWritten() throws IOException {
    assertThat(versions.read(FIRST))
        .isEqualTo(
            new ServiceVersion(NOW, "/build/a.jar", "1.2", new TreeMap<>(Map.of("a.jar", 3L))));
  }
}
