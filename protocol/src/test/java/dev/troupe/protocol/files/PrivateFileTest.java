package dev.troupe.protocol.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFileTest {
  @TempDir private Path directory;

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    Path file = directory.resolve("secret");

    PrivateFile.write(file, "abc".getBytes(UTF_8));

    assertThat(file).hasContent("abc");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileAnybodyMayReadIsReplacedByOneNobodyElseMay() throws IOException {
    Path file = directory.resolve("secret");
    Files.writeString(file, "old");
    Files.writeString(directory.resolve("secret.new"), "left by a crash");

    PrivateFile.write(file, "new".getBytes(UTF_8));

    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list()).containsExactly("secret");
  }
}
