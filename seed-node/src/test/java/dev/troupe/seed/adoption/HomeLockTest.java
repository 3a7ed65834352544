package dev.troupe.seed.adoption;

import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeLockTest {
  @TempDir private Path home;

  @Test
  void onlyOneSeedNodeHoldsAHome() throws IOException {
    HomeLock.take(home.resolve("run"));

    assertThatIOException()
        .isThrownBy(() -> HomeLock.take(home.resolve("run")))
        .withMessageContaining("another seed node runs in " + home)
        .withMessageContaining("bin/troupe down");
  }

  @Test
  void homesDoNotExcludeEachOther() throws IOException {
    HomeLock.take(home.resolve("a/run"));

    assertThatNoException().isThrownBy(() -> HomeLock.take(home.resolve("b/run")));
  }

  @Test
  void aHomeWhoseRunCannotBeMadeIsRefused() throws IOException {
    Files.writeString(home.resolve("run"), "in the way");

    assertThatIOException()
        .isThrownBy(() -> HomeLock.take(home.resolve("run")))
        .withMessageContaining(home.resolve("run").toString());
  }
}
