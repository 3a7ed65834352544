package dev.troupe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeAccessTest {
  private static final Path HOME = Path.of("/srv/shop");

  @Test
  void aHomeOfAnotherUserIsRefusedWithWhatToDo() {
    assertThat(HomeAccess.problem(HOME, access(false, "ada", "ada", "rwx------")))
        .get()
        .asString()
        .contains("/srv/shop belongs to user ada", "sudo -u ada", "chown -R", "TROUPE_SHARED_HOME");
  }

  @Test
  void aHomeThatOthersMayWriteIsRefusedWithTheCommandThatMendsIt() {
    assertThat(HomeAccess.problem(HOME, access(true, "ada", "ada", "rwxrwxrwx")))
        .get()
        .asString()
        .contains("every user", "chmod go-w '/srv/shop'");
    assertThat(HomeAccess.problem(HOME, access(true, "ada", "staff", "rwxrwx---")))
        .get()
        .asString()
        .contains("all members of group staff");
  }

  @Test
  void theGroupOfTheUserAloneAndThoseWhoOnlyReadAreNoProblem() {
    assertThat(HomeAccess.problem(HOME, access(true, "ada", "ada", "rwxrwxr-x"))).isEmpty();
    assertThat(HomeAccess.problem(HOME, access(true, "ada", "staff", "rwxr-xr-x"))).isEmpty();
  }

  @Test
  void aJarThatOthersMayWriteIsRefusedToo(@TempDir Path home) throws IOException {
    Path jar = home.resolve("services").resolve("greeter.jar");
    Files.createDirectory(jar.getParent());
    Files.writeString(jar, "");
    assertThatCode(() -> HomeAccess.requireSafe(home)).doesNotThrowAnyException();

    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> HomeAccess.requireSafe(home)).hasMessageContaining(jar.toString());
  }

  @Test
  void othersLoseWhatTheyMayDoInADirectoryAndTheGroupDoesNot(@TempDir Path home)
      throws IOException {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

    HomeAccess.closeToOthers(home);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwxr-x---");
  }

  private static HomeAccess.Access access(
      boolean mine, String owner, String group, String permissions) {
    return new HomeAccess.Access(mine, owner, group, PosixFilePermissions.fromString(permissions));
  }
}
