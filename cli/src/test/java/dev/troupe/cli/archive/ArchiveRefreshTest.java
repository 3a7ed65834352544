package dev.troupe.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveRefreshTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  @TempDir private Path root;

  private final List<String> said = new ArrayList<>();
  private Distribution lib;

  @BeforeEach
  void jars() throws IOException {
    lib = new Distribution(Files.createDirectory(root.resolve("lib")));
    file(lib.directory().resolve("a.jar"), NOW);
  }

  @Test
  void aJdkWithoutAnArchiveNeedsOne() {
    assertThat(refresh(Map.of()).reason().orElseThrow())
        .contains("no archive", Runtime.version().toString());
  }

  @Test
  void anArchiveOlderThanAJarIsOfNoUse() throws IOException {
    file(lib.archive(), NOW.plusSeconds(1));
    assertThat(refresh(Map.of()).reason()).isEmpty();

    file(lib.directory().resolve("b.jar"), NOW.plusSeconds(2));

    assertThat(refresh(Map.of()).reason().orElseThrow()).contains("b.jar is newer");
  }

  @Test
  void noneIsBuiltWhereNothingIsToBeBuilt() {
    assertThat(refresh(Map.of("TROUPE_NO_BUILD", "1")).reason()).isEmpty();
  }

  @Test
  void theScriptIsAskedForIt() throws Exception {
    new ArchiveRefresh(lib, Map.of(), script("touch '%s'".formatted(lib.archive())))
        .refresh(said::add);

    assertThat(said).singleElement().asString().contains("Preparing");
    assertThat(refresh(Map.of()).reason()).isEmpty();
  }

  @Test
  void whatFailedIsSaidAndNotTriedAgainWithTheSameJars() throws Exception {
    ArchiveRefresh failing = new ArchiveRefresh(lib, Map.of(), script("echo no memory; exit 1"));

    failing.refresh(said::add);
    failing.refresh(said::add);

    assertThat(said).hasSize(2);
    assertThat(said.get(1)).contains("Starting without the archive");
    assertThat(root.resolve(lib.archive().getFileName() + ".failed")).hasContent("no memory");
    file(lib.directory().resolve("b.jar"), Instant.now().plusSeconds(60));
    assertThat(failing.reason()).isPresent();
  }

  private ArchiveRefresh refresh(Map<String, String> environment) {
    return new ArchiveRefresh(lib, environment, null);
  }

  private String script(String line) throws IOException {
    Path script = root.resolve("troupe");
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  private static void file(Path file, Instant time) throws IOException {
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
