package dev.troupe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.process.CommandLineMark;
import dev.troupe.protocol.process.ProcessInfo;
import dev.troupe.protocol.process.ProcessLiveness;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsSnapshot;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of the built product, in a home of its own and with its gateway on a free port. */
final class ClusterUnderTest implements AutoCloseable {
  /** Settings that name the three reference services. */
  static final String SERVICES =
      """
      troupe.services {
        UserService { class = "dev.troupe.service.user.UserService" }
        OrderService { class = "dev.troupe.service.order.OrderService", depends-on = [UserService] }
        NotificationService { class = "dev.troupe.service.notification.NotificationService" }
      }
      """;

  // Below the ports that the system gives to nodes and outgoing connections, so that a killed
  // gateway finds its port still free.
  private static final int FIRST_PORT = 10_000;
  private static final int LAST_PORT = 20_000;
  private static final long POLL_NANOS = 1_000_000;

  private final Path checkout;
  private final Path home;
  private final int port;
  private final Http http = new Http();
  private volatile boolean closed;

  private ClusterUnderTest(Path checkout, Path home, int port) {
    this.checkout = checkout;
    this.home = home;
    this.port = port;
  }

  /** Makes a home with these settings, and does not start the cluster. */
  static ClusterUnderTest in(Path checkout, Path home, String settings) throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("application.conf"), settings);
    ClusterUnderTest product = new ClusterUnderTest(checkout, home, freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(product::endIfOpen, "end"));
    return product;
  }

  static ClusterUnderTest start(Path checkout, Path home, String settings) throws IOException {
    ClusterUnderTest product = in(checkout, home, settings);
    product.troupe("up", "-d");
    return product;
  }

  /**
   * Runs {@code bin/troupe} for this cluster.
   *
   * @throws IllegalStateException with what it printed, if it failed
   */
  String troupe(String... arguments) {
    return run(command(arguments).redirectErrorStream(true));
  }

  /** {@code bin/troupe} for this cluster, not started. */
  ProcessBuilder command(String... arguments) {
    List<String> line = new ArrayList<>(List.of(checkout.resolve("bin/troupe").toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--home", home.toString()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder
        .environment()
        .putAll(Map.of("GATEWAY_PORT", Integer.toString(port), "TROUPE_NO_BUILD", "1"));
    return builder;
  }

  /** Asks the seed node as {@code bin/troupe status} does, without starting a JVM for it. */
  Optional<ClusterStatus> status() {
    try {
      ControlFile control = ControlFile.read(home.resolve("run"));
      JsonNode status = http.get(control.url() + "/status", control.token());
      return Optional.of(Json.MAPPER.treeToValue(status, ClusterStatus.class));
    } catch (IOException away) {
      return Optional.empty();
    }
  }

  /** The settings that the cluster was started with. */
  Settings settings() {
    return SettingsSnapshot.read(home).settings();
  }

  String gateway() {
    return "http://127.0.0.1:" + port;
  }

  /** The slots of the living processes by pid, from the process list of the system. */
  Map<Long, String> processes() {
    Map<Long, String> slots = new HashMap<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(ProcessLiveness::isAlive)
          .forEach(
              process ->
                  CommandLineMark.of(ProcessInfo.arguments(process))
                      .filter(mark -> mark.home().equals(home))
                      .ifPresent(mark -> slots.put(process.pid(), mark.slot())));
    }
    return slots;
  }

  /**
   * The pids of the living processes by slot.
   *
   * @throws IllegalStateException when a slot has several processes
   */
  Map<String, Long> pids() {
    return processes().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  long pid(String slot) {
    Long pid = pids().get(slot);
    if (pid == null) {
      throw new IllegalStateException("no process of " + slot + " lives");
    }
    return pid;
  }

  void signal(String signal, Collection<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    run(new ProcessBuilder(command).redirectErrorStream(true));
  }

  /** Kills the processes with one command, and returns when all have ended. */
  void kill(Collection<Long> pids) {
    signal("KILL", pids);
    pids.forEach(
        pid -> {
          while (ProcessHandle.of(pid).filter(ProcessLiveness::isAlive).isPresent()) {
            LockSupport.parkNanos(POLL_NANOS);
          }
        });
  }

  long createUser(String name) throws IOException {
    return http.post(
            gateway() + "/users",
            "{\"username\":\"%s\",\"email\":\"a@example.com\"}".formatted(name))
        .at("/user/id")
        .asLong();
  }

  long createOrder(long user) throws IOException {
    return http.post(
            gateway() + "/orders", "{\"user_id\":%d,\"product\":\"whole\"}".formatted(user))
        .at("/order/id")
        .asLong();
  }

  JsonNode members() throws IOException {
    return http.get(gateway() + "/cluster").get("members");
  }

  /** The versions of GreeterService that this cluster can run. */
  GreeterVersions greeters() {
    return new GreeterVersions(checkout, home);
  }

  Path home() {
    return home;
  }

  @Override
  public void close() {
    troupe("down");
    closed = true;
  }

  // A benchmark that is interrupted leaves no processes behind.
  private void endIfOpen() {
    if (!closed && !processes().isEmpty()) {
      try {
        troupe("down");
      } catch (IllegalStateException e) {
        System.err.println(e.getMessage());
      }
    }
  }

  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (BindException taken) {
        // Tries another port.
      }
    }
  }

  private static String run(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(builder.command() + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
