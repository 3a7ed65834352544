package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A running cluster in a home of its own, started by {@code bin/troupe up -d} on free ports. */
final class Cluster implements AutoCloseable {
  static final String THREE_SERVICES =
      """
      troupe.services {
        UserService { class = "dev.troupe.service.user.UserService" }
        OrderService {
          class = "dev.troupe.service.order.OrderService"
          depends-on = [UserService]
        }
        NotificationService { class = "dev.troupe.service.notification.NotificationService" }
      }
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("GATEWAY_PORT", "0", "TROUPE_NO_BUILD", "1");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;

  private Cluster(Path home) {
    this.home = home;
  }

  /** A home with these settings, not started. */
  static Cluster in(Path home, String settings) {
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve("application.conf"), settings);
      return new Cluster(home);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Cluster start(Path home, String settings) {
    return in(home, settings).up();
  }

  Cluster up() {
    Command up = run("up", "-d");
    assertThat(up.exitCode()).as(up.output() + logs()).isZero();
    return this;
  }

  /** Runs {@code bin/troupe} for this cluster. */
  Command run(String... arguments) {
    return Command.troupe(home, ENVIRONMENT, arguments);
  }

  Path home() {
    return home;
  }

  ClusterStatus status() {
    Command status = run("status", "--json");
    try {
      return Json.MAPPER.readValue(status.output(), ClusterStatus.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError("exit " + status.exitCode() + ": " + status.output(), e);
    }
  }

  SlotStatus slot(String name) {
    return status().slots().stream()
        .filter(slot -> slot.slot().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no slot " + name));
  }

  long pid(String slot) {
    Long pid = slot(slot).pid();
    assertThat(pid).as("pid of " + slot).isNotNull();
    return pid;
  }

  Client client() {
    String url = status().gateway();
    assertThat(url).as("gateway URL").isNotNull();
    return new Client(url);
  }

  /** Sends a signal to a process of this cluster. */
  void signal(String signal, long pid) {
    Command kill = Command.run(List.of("kill", "-" + signal, Long.toString(pid)), Map.of());
    assertThat(kill.exitCode()).as(kill.output()).isZero();
  }

  SlotStatus awaitSlot(String name, Predicate<SlotStatus> condition) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .until(() -> slot(name), condition);
  }

  SlotStatus awaitRunning(String name, long otherThanPid) {
    return awaitSlot(
        name,
        slot ->
            slot.state() == SlotState.RUNNING && slot.pid() != null && slot.pid() != otherThanPid);
  }

  /** Pids of all living processes that carry the mark of this home. */
  List<Long> processes() {
    String mark = "-Dtroupe.home=" + home;
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process ->
                  Stream.of(process.info().arguments().orElse(new String[0]))
                      .anyMatch(mark::equals))
          .map(ProcessHandle::pid)
          .toList();
    }
  }

  /** What the slots logged, for the message of a failed test. */
  String logs() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(home.resolve("run").resolve("logs"))) {
      for (Path file : files.sorted().toList()) {
        text.append("\n== ").append(file.getFileName()).append('\n');
        if (!file.toString().endsWith(".gz")) {
          text.append(Files.readString(file));
        }
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }

  @Override
  public void close() {
    run("down");
    processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }
}
