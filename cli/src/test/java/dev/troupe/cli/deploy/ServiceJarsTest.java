package dev.troupe.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceJarsTest {
  @TempDir private Path home;

  @Test
  void aJarThatIsReplacedLeavesTheCopyAsItWas() throws IOException {
    jar("greeter.jar", "old");
    ServiceJars jars = new ServiceJars(home);

    Path before = jars.copy();
    jar("greeter.jar", "new");

    assertThat(before.resolve("greeter.jar")).hasContent("old");
    assertThat(jars.copy()).isNotEqualTo(before);
    assertThat(jars.copy().resolve("greeter.jar")).hasContent("new");
    jar("greeter.jar", "old");
    assertThat(jars.copy()).isEqualTo(before);
  }

  @Test
  void aDamagedCopyIsMended() throws IOException {
    jar("greeter.jar", "good");
    jar("other:1.jar", "good too");
    Path copy = new ServiceJars(home).copy();
    Files.writeString(copy.resolve("greeter.jar"), "goo");
    Files.delete(copy.resolve("other_1.jar"));

    assertThat(new ServiceJars(home).copy()).isEqualTo(copy);

    assertThat(copy.resolve("greeter.jar")).hasContent("good");
    assertThat(copy.resolve("other_1.jar")).hasContent("good too");
    assertThat(copy).isDirectoryNotContaining("glob:**/.new*");
  }

  @Test
  void onlyTheCopyInUseIsKept() throws IOException {
    ServiceJars jars = new ServiceJars(home);
    jar("greeter.jar", "old");
    Path before = jars.copy();
    jar("greeter.jar", "new");
    Path used = jars.copy();

    jars.keepOnly(used);

    assertThat(before).doesNotExist();
    assertThat(used.resolve("greeter.jar")).exists();
  }

  @Test
  void noColonGetsIntoAClassPath() throws IOException {
    jar("greeter:1.jar", "old");

    Path copy = new ServiceJars(home).copy();

    assertThat(new Deployment(home, new Distribution(home), copy).serviceJars())
        .singleElement()
        .asString()
        .startsWith("run/services/")
        .endsWith("/greeter_1.jar");
  }

  private void jar(String name, String content) throws IOException {
    Files.createDirectories(home.resolve("services"));
    Files.writeString(home.resolve("services").resolve(name), content);
  }
}
