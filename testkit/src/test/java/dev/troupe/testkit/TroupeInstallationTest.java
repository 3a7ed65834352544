package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TroupeInstallationTest {
  private final Properties properties = new Properties();
  @TempDir private Path directory;

  private Path installation(String name) throws IOException {
    Path root = directory.resolve(name);
    Files.createDirectories(root.resolve("bin"));
    Files.createFile(root.resolve("bin/troupe")).toFile().setExecutable(true);
    return root;
  }

  @Test
  void thePropertyGoesBeforeTheVariable() throws IOException {
    Path one = installation("one");
    Path other = installation("other");
    properties.setProperty("troupe.root", one.toString());

    assertThat(
            TroupeInstallation.find(properties, Map.of("TROUPE_ROOT", other.toString()), directory))
        .isEqualTo(new TroupeInstallation(one));
  }

  @Test
  void theRepositoryOfTheProjectShowsTheWay() throws IOException {
    Path one = installation("one ä");
    properties.setProperty(
        "troupe.repository", Files.createDirectories(one.resolve("maven")).toUri().toString());

    assertThat(TroupeInstallation.find(properties, Map.of(), directory))
        .isEqualTo(new TroupeInstallation(one));

    // as bin/troupe new writes it
    properties.setProperty(
        "troupe.repository", "file://" + one.resolve("maven").toString().replace(" ", "%20"));
    assertThat(TroupeInstallation.find(properties, Map.of(), directory))
        .isEqualTo(new TroupeInstallation(one));
  }

  @Test
  void aProjectInACheckoutUsesTheCheckout() throws IOException {
    Path one = installation("one");

    assertThat(TroupeInstallation.find(properties, Map.of(), one.resolve("examples/greeter")))
        .isEqualTo(new TroupeInstallation(one));
  }

  @Test
  void whereThereIsNoneTheMessageSaysWhatToDo() {
    assertThatThrownBy(() -> TroupeInstallation.find(properties, Map.of(), directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TROUPE_ROOT");
    assertThatThrownBy(
            () ->
                TroupeInstallation.find(
                    properties, Map.of("TROUPE_ROOT", directory.toString()), directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("environment variable TROUPE_ROOT is " + directory);
  }
}
