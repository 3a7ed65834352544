package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.launch.NodeExit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each node as a program of its own, as the README shows, without the launcher. */
final class ByHandIT {
  private static final Path JARS =
      Path.of(System.getProperty("troupe.checkout"), "dist", "target", "troupe", "lib");

  /** Long enough for a busy machine, on which the start of a process takes half a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path home;

  private final List<Process> started = new ArrayList<>();

  @Test
  void aSeedAServiceAndAGatewayMakeACluster() throws Exception {
    try (Cluster cluster =
        Cluster.in(
            home,
            "troupe.services.UserService.class = \"dev.troupe.service.user.UserService\"\n")) {
      Process seed = java("seed-node");
      cluster.awaitRunning("gateway-1", -1);
      cluster.awaitRunning("UserService-1", -1);
      Client client = cluster.client();
      String join = client.get("/cluster").at("/members/0/address").asText();

      Process service = java("service-node", "--slot", "UserService-9", "--join", join);
      Process gateway = java("gateway-node", "--slot", "gateway-9", "--join", join);

      awaitMembers(client, "seed-1", "gateway-1", "gateway-9", "UserService-1", "UserService-9");
      Client other = Client.ofGateway(listensAt(home.resolve("run/logs/gateway-9.log")));
      assertThat(other.get("/users").status()).isEqualTo(200);

      end(gateway);
      end(service);
      awaitMembers(client, "seed-1", "gateway-1", "UserService-1");
      end(seed);
      await().atMost(PATIENCE).until(() -> cluster.processes().isEmpty());
    } finally {
      started.forEach(Process::destroyForcibly);
    }
  }

  /** As when all members of a cluster die while it joins them. */
  @Test
  void aNodeThatNoClusterLetsInEndsAfterItsStartTimeout() throws Exception {
    try (Cluster cluster = Cluster.in(home, "troupe.start-timeout = 5s\n");
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String nobody = "pekko://troupe@127.0.0.1:" + silent.getLocalPort();

      Process gateway = java("gateway-node", "--slot", "gateway-9", "--join", nobody);

      assertThat(gateway.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.exitValue()).isEqualTo(NodeExit.START_FAILED.code());
      assertThat(cluster.home().resolve("gateway-node.txt"))
          .content()
          .contains("no cluster has let it in for 5 s (troupe.start-timeout)");
    } finally {
      started.forEach(Process::destroyForcibly);
    }
  }

  private Process java(String module, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-jar", jar(module).toString(), "--home", home.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(module + ".txt").toFile());
    builder.environment().put("GATEWAY_PORT", "0");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static Path jar(String module) throws IOException {
    try (Stream<Path> jars = Files.list(JARS)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(module + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitMembers(Client client, String... slots) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(client.get("/cluster").at("/members"))
                    .filteredOn(member -> member.path("status").asText().equals("Up"))
                    .extracting(member -> member.path("slot").asText())
                    .containsExactlyInAnyOrder(slots));
  }

  private static String listensAt(Path log) {
    String listens = "listens at ";
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              String text = Files.readString(log);
              int at = text.indexOf(listens);
              return at < 0 ? "" : text.substring(at + listens.length()).lines().findFirst().get();
            },
            url -> !url.isEmpty());
  }
}
