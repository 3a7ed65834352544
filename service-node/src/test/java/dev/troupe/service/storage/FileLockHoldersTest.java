package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.process.CommandLineMark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileLockHoldersTest {
  @Test
  void whoHoldsALockIsFoundByTheFile() {
    List<String> locks =
        List.of(
            "1: POSIX  ADVISORY  READ 4711 08:01:393218 124 124",
            "1: -> POSIX  ADVISORY  WRITE 4712 08:01:393218 124 124",
            "2: POSIX  ADVISORY  WRITE 4713 08:01:3932 0 EOF",
            "3: FLOCK  ADVISORY  WRITE -1 08:01:393218 0 EOF",
            "4: OFDLCK ADVISORY  READ -1 00:05:393218 0 EOF");

    assertThat(FileLockHolders.holders(locks, "393218")).containsExactly(4711L);
    assertThat(FileLockHolders.holders(locks, "7")).isEmpty();
  }

  @Test
  void anInstanceIsNotTakenForAnotherProgram() {
    FileLockHolders.Holder instance =
        new FileLockHolders.Holder(
            17, new CommandLineMark(Path.of("/srv/shop"), "UserService-2"), "/usr/bin/java");
    FileLockHolders.Holder program = new FileLockHolders.Holder(18, null, "/usr/bin/sqlite3");

    assertThat(SqliteFailures.locked(new FileLockHolders(List.of(instance))))
        .startsWith(
            "is kept locked by an instance (pid 17: UserService-2 of the cluster in /srv/shop)")
        .doesNotContain("End that");
    assertThat(SqliteFailures.locked(new FileLockHolders(List.of(instance, program))))
        .contains("another program (pid 17: ", "pid 18: /usr/bin/sqlite3)", "End that");
    assertThat(SqliteFailures.locked(new FileLockHolders(List.of())))
        .startsWith("is kept locked by another process. End that");
  }
}
