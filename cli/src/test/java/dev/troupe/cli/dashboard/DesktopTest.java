package dev.troupe.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopTest {
  @TempDir private Path directory;

  @Test
  void aPageIsOpenedWhereThereIsADisplayAndAnOpener() throws Exception {
    Path opened = directory.resolve("opened");
    Path opener = directory.resolve("xdg-open");
    Files.writeString(opener, "#!/bin/sh\necho \"$1\" > '" + opened + "'\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    String path = "relative::/absent:" + directory;

    assertThat(Desktop.in(Map.of("PATH", path))).isEmpty();
    assertThat(Desktop.in(Map.of("DISPLAY", ":0", "PATH", "/absent"))).isEmpty();
    assertThat(Desktop.in(Map.of("DISPLAY", "", "PATH", path))).isEmpty();
    Desktop desktop =
        Desktop.in(Map.of("WAYLAND_DISPLAY", "wayland-0", "PATH", path)).orElseThrow();

    Process process = desktop.open("http://127.0.0.1:1/login/a").orElseThrow();

    assertThat(process.waitFor()).isZero();
    assertThat(opened).hasContent("http://127.0.0.1:1/login/a");
  }
}
