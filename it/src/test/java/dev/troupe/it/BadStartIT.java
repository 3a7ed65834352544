package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.it.broken.ClaimsUsers;
import dev.troupe.it.broken.DiesOnceReady;
import dev.troupe.it.broken.ThrowsAtStart;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.NodeExit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever cannot start says why, and takes nothing else with it. */
final class BadStartIT {
  @TempDir private Path home;

  @Test
  void aCrashLoopAndAServiceThatThrowsAtStartAndAClassThatIsMissingEndInFailed() throws Exception {
    ServiceJar.pack(home, ThrowsAtStart.class, DiesOnceReady.class);
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
      SlotStatus missing = cluster.awaitSlot("Missing-1", now -> now.state() == SlotState.FAILED);
      assertThat(missing.exitCode()).isEqualTo(NodeExit.START_REFUSED.code());
      assertThat(missing.generation()).as("no relaunch brings a class").isEqualTo(1);
      assertThat(missing.reason()).contains("com.example.NotThere", "bin/troupe restart Missing-1");
      SlotStatus badOption =
          cluster.awaitSlot("BadOption-1", now -> now.state() == SlotState.FAILED);
      assertThat(badOption.generation()).as("no relaunch mends an option").isEqualTo(1);
      assertThat(badOption.reason())
          .contains("Unrecognized VM option 'NoSuchOption'", "bin/troupe restart BadOption-1");
      assertThat(cluster.run("status").output()).contains("the licence file is missing");
      assertThat(cluster.client().get("/users").status()).isEqualTo(200);
    }
    assertThat(Cluster.in(home, "").processes()).isEmpty();
  }

  @Test
  void aServiceThatClaimsAPathOfAnotherIsRefusedWithBothNames() throws Exception {
    ServiceJar.pack(home, ClaimsUsers.class);
    try (Cluster cluster =
        Cluster.in(
            home,
            """
            troupe.services {
              UserService { class = "dev.troupe.service.user.UserService" }
              Claiming { class = "%s", depends-on = ["UserService"] }
            }
            """
                .formatted(ClaimsUsers.class.getName()))) {
      Command up = cluster.run("up", "-d");

      assertThat(up.exitCode()).as(up.output()).isEqualTo(1);
      SlotStatus claiming = cluster.awaitSlot("Claiming-1", now -> now.state() == SlotState.FAILED);
      assertThat(claiming.exitCode()).isEqualTo(NodeExit.START_REFUSED.code());
      assertThat(claiming.generation()).as("no relaunch frees a path").isEqualTo(1);
      assertThat(claiming.reason())
          .contains("GET /users/{name} (claim of Claiming)", "of UserService", "Change the path");
      assertThat(cluster.client().get("/users").status()).isEqualTo(200);
    }
  }

  @Test
  void aPortThatIsTakenIsSaidToBeAndByWhom() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Cluster cluster = Cluster.in(home, "troupe.restart.max-restarts = 0")) {
      Command up =
          Command.troupe(
              home,
              Map.of(
                  "GATEWAY_PORT",
                  Integer.toString(taken.getLocalPort()),
                  "MANAGEMENT_PORT",
                  "0",
                  "TROUPE_NO_BUILD",
                  "1"),
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
}
