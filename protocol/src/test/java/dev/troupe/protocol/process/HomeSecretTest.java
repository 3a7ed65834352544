package dev.troupe.protocol.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeSecretTest {
  @TempDir private Path run;

  @Test
  void aHomeKeepsItsSecretInAFileForItsOwnerOnly() throws IOException {
    HomeSecret made = HomeSecret.obtain(run);

    assertThat(HomeSecret.obtain(run)).isEqualTo(made);
    assertThat(HomeSecret.of(run)).contains(made);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(run.resolve("home.secret"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFileIsReplaced() throws IOException {
    Files.writeString(run.resolve("home.secret"), "short");

    assertThat(HomeSecret.of(run)).isEmpty();
    assertThat(HomeSecret.of(run)).isEmpty();
    assertThat(HomeSecret.obtain(run).value()).hasSizeGreaterThan(40);
  }

  @Test
  void theMarkOfASlotIsReadBackFromItsVariables() throws IOException {
    EnvironmentMark mark = new EnvironmentMark(HomeSecret.obtain(run), "Echo-1", 7);

    assertThat(EnvironmentMark.in(mark.variables())).contains(mark);
    assertThat(EnvironmentMark.in(Map.of("TROUPE_SLOT", "Echo-1"))).isEmpty();
    assertThat(mark.toString()).doesNotContain(mark.secret().value());
  }
}
