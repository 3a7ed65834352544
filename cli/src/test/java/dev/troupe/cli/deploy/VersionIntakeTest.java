package dev.troupe.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.launch.ServiceVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionIntakeTest {
  @TempDir private Path home;
  private ServiceVersions versions;
  private VersionIntake intake;

  @BeforeEach
  void nothingTaken() {
    versions = new ServiceVersions(home, "Greeter");
    intake = new VersionIntake(versions);
  }

  @Test
  void theSameContentIsTheSameVersion() throws IOException {
    String first = take("1.0", jar("a.jar", "one"));

    assertThat(take("1.0", jar("a.jar", "one"))).isEqualTo(first);
    assertThat(take("1.0", jar("a.jar", "two"))).isNotEqualTo(first);
    assertThat(take("1.0", jar("b.jar", "one"))).isNotEqualTo(first);
    assertThat(versions.all()).hasSize(3);
    assertThat(versions.read(first).stated()).isEqualTo("1.0");
    assertThat(versions.versions()).isDirectoryNotContaining("glob:**/.new*");
  }

  @Test
  void aJarThatIsReplacedLeavesTheVersionAsItWas() throws IOException {
    Path jar = jar("a.jar", "one");
    String version = take("", jar);

    jar("a.jar", "two");

    assertThat(intake.isUndamaged(version)).isTrue();
  }

  @Test
  void aDamagedVersionIsNoticedAndMended() throws IOException {
    Path jar = jar("a.jar", "one");
    String version = take("", jar);
    Path taken = versions.directory(version).resolve("a.jar");
    byte[] content = Files.readAllBytes(taken);
    content[content.length / 2]++;
    Files.write(taken, content);
    assertThat(intake.isUndamaged(version)).isFalse();

    assertThat(take("", jar)).isEqualTo(version);

    assertThat(intake.isUndamaged(version)).isTrue();
    assertThat(versions.versions()).isDirectoryNotContaining("glob:**/.new*");
  }

  @Test
  void whatIsNoWholeJarIsRefusedAndLeavesNothing() throws IOException {
    Path jar = jar("a.jar", "x".repeat(10_000));
    byte[] whole = Files.readAllBytes(jar);
    Path half = Files.write(home.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
    Path changed = home.resolve("changed.jar");
    whole[60]++;
    Files.write(changed, whole);

    for (Path bad : List.of(half, changed)) {
      assertThatThrownBy(() -> intake.copy(List.of(bad)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(bad + " is not a whole jar")
          .hasMessageContaining("Build or copy it again");
    }
    assertThatThrownBy(() -> intake.copy(List.of(home))).hasMessageContaining("is not a jar");
    assertThatThrownBy(() -> intake.copy(List.of(jar, jar))).hasMessageContaining("the same name");
    assertThat(versions.versions()).isEmptyDirectory();
  }

  @Test
  void droppedJarsAreTakenInOnceSoThatTheyDoNotUndoACommand() throws IOException {
    DroppedJars dropped = new DroppedJars(versions);
    assertThat(dropped.copyNew()).isEmpty();
    Path there = Files.createDirectories(versions.directory()).resolve("a.jar");
    Files.copy(jar("a.jar", "dropped"), there);

    Optional<VersionIntake.Candidate> found = dropped.copyNew();
    intake.keep(found.orElseThrow(), "");
    dropped.markTaken(found.get());

    assertThat(dropped.copyNew()).isEmpty();
    versions.makeCurrent(take("", jar("a.jar", "by a command")), Instant.now());
    assertThat(dropped.copyNew()).isEmpty();
    Files.delete(there);
    Files.copy(jar("a.jar", "newer"), there);
    assertThat(dropped.copyNew()).isPresent();
  }

  @Test
  void theLastThreeThatWereDeployedAreKept() throws IOException {
    for (String content : List.of("1", "2", "3", "4", "3", "5")) {
      versions.makeCurrent(take("", jar("a.jar", content)), Instant.now());
    }
    String never = take("", jar("a.jar", "never deployed"));

    new RunningVersions(home).deleteOld("Greeter");

    assertThat(versions.all())
        .hasSize(3)
        .contains(versions.current().orElseThrow())
        .doesNotContain(never);
  }

  private String take(String stated, Path jar) throws IOException {
    VersionIntake.Candidate candidate = intake.copy(List.of(jar));
    intake.keep(candidate, stated);
    return candidate.version();
  }

  private Path jar(String name, String content) throws IOException {
    Path jar = home.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      ZipEntry entry = new ZipEntry("content");
      entry.setTime(0);
      out.putNextEntry(entry);
      out.write(content.getBytes(UTF_8));
    }
    return jar;
  }
}
