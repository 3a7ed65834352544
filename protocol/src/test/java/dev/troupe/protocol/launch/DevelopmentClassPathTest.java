package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevelopmentClassPathTest {
  private static final List<Path> ENTRIES = List.of(Path.of("/a b/classes"), Path.of("/x.jar"));

  @TempDir private Path run;

  @Test
  void whatALivingProcessHasWrittenHolds() throws IOException {
    DevelopmentClassPath written =
        new DevelopmentClassPath(ProcessIdentity.of(ProcessHandle.current()), ENTRIES);
    written.write(run, "A");

    assertThat(DevelopmentClassPath.find(run, "A")).contains(written);
    assertThat(DevelopmentClassPath.find(run, "B")).isEmpty();

    DevelopmentClassPath.delete(run, "A");
    assertThat(DevelopmentClassPath.find(run, "A")).isEmpty();
  }

  @Test
  void whatADeadProcessHasLeftDoesNotHold() throws IOException {
    long pid = ProcessHandle.current().pid();
    new DevelopmentClassPath(new ProcessIdentity(pid, Instant.EPOCH, null), ENTRIES)
        .write(run, "A");

    assertThat(DevelopmentClassPath.find(run, "A")).isEmpty();
  }

  @Test
  void aDamagedFileDoesNotHold() throws IOException {
    Path directory = Files.createDirectories(DevelopmentClassPath.directory(run, "A"));
    Files.writeString(directory.resolve("classpath"), "12\nnoon\n");

    assertThat(DevelopmentClassPath.find(run, "A")).isEmpty();
  }
}
