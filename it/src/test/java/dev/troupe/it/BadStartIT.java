package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.it.broken.DiesOnceReady;
import dev.troupe.it.broken.ThrowsAtStart;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever cannot start says why, and takes nothing else with it. */
final class BadStartIT {
  private static final Class<?>[] BROKEN = {
    ThrowsAtStart.class, DiesOnceReady.class, nested(ThrowsAtStart.class, "Nothing")
  };

  @TempDir private Path home;

  @Test
  void aCrashLoopAndAServiceThatThrowsAtStartAndAClassThatIsMissingEndInFailed() throws Exception {
    packBroken(home.resolve("services").resolve("broken.jar"));
    try (Cluster cluster =
        Cluster.in(
            home,
            """
            troupe.restart { max-restarts = 1, initial-backoff = 10ms }
            troupe.services {
              UserService { class = "dev.troupe.service.user.UserService" }
              Throwing { class = "%s", jvm-options = ["-Xmx64m"] }
              Looping { class = "%s" }
              Missing { class = "com.example.NotThere" }
              BadOption { class = "%s", jvm-options = ["-XX:+NoSuchOption"] }
            }
            """
                .formatted(
                    ThrowsAtStart.class.getName(),
                    DiesOnceReady.class.getName(),
                    ThrowsAtStart.class.getName()))) {
      Command up = cluster.run("up", "-d");

      assertThat(up.exitCode()).as(up.output()).isEqualTo(1);
      assertFailed(cluster, "Throwing-1", 1, "the licence file is missing");
      assertFailed(cluster, "Looping-1", 42, "exit code 42");
      assertFailed(cluster, "Missing-1", 1, "com.example.NotThere");
      assertFailed(cluster, "BadOption-1", 1, "NoSuchOption");
      assertThat(cluster.run("status").output()).contains("the licence file is missing");
      assertThat(cluster.client().get("/users").status()).isEqualTo(200);
    }
    assertThat(Cluster.in(home, "").processes()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsSaidToBeAndByWhom() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Cluster cluster = Cluster.in(home, "troupe.restart.max-restarts = 0")) {
      Command up =
          Command.troupe(
              home,
              Map.of(
                  "GATEWAY_PORT", Integer.toString(taken.getLocalPort()), "TROUPE_NO_BUILD", "1"),
              "up",
              "-d");

      assertThat(up.exitCode()).as(up.output()).isEqualTo(1);
      assertThat(cluster.slot("gateway-1").reason())
          .contains(
              ":" + taken.getLocalPort() + " is already in use",
              "pid " + ProcessHandle.current().pid(),
              "GATEWAY_PORT");
    }
  }

  @Test
  void aDataDirectoryThatCannotBeOneIsRefusedBeforeAnythingRuns() throws Exception {
    Files.writeString(home.resolve("file"), "not a directory");
    Cluster cluster =
        Cluster.in(home, Cluster.THREE_SERVICES + "troupe.storage.directory = \"file/data\"");

    Command up = cluster.run("up", "-d");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output()).contains("file/data", "troupe.storage.directory");
    assertThat(cluster.processes()).isEmpty();
  }

  private static void assertFailed(Cluster cluster, String name, int exitCode, String reason) {
    SlotStatus slot = cluster.awaitSlot(name, now -> now.state() == SlotState.FAILED);
    assertThat(slot.reason()).contains("gave up after 1 relaunch").contains(reason);
    assertThat(slot.exitCode()).isEqualTo(exitCode);
  }

  private static Class<?> nested(Class<?> outer, String name) {
    for (Class<?> inner : outer.getDeclaredClasses()) {
      if (inner.getSimpleName().equals(name)) {
        return inner;
      }
    }
    throw new IllegalArgumentException(outer + " has no " + name);
  }

  private static void packBroken(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : BROKEN) {
        String entry = type.getName().replace('.', '/') + ".class";
        ZipEntry header = new JarEntry(entry);
        out.putNextEntry(header);
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
          bytes.transferTo(out);
        }
        out.closeEntry();
      }
    }
  }
}
