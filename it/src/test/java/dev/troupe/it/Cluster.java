package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.it.contract.ContractViolation;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.process.CommandLineMark;
import dev.troupe.protocol.process.ProcessInfo;
import dev.troupe.protocol.process.ProcessLiveness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  // On a busy machine one of them may need the start-timeout, and a second start.
  private static final Duration PATIENCE_WITH_ALL = Duration.ofMinutes(5);

  private final Path home;
  private final ControlApi control;
  private final Map<String, String> environment;

  private @Nullable Process foreground;

  private Cluster(Path home, int gatewayPort, Map<String, String> more) {
    this.home = home;
    this.control = new ControlApi(home);
    Map<String, String> variables = new HashMap<>(more);
    variables.put("GATEWAY_PORT", Integer.toString(gatewayPort));
    variables.put("MANAGEMENT_PORT", "0");
    variables.put("TROUPE_NO_BUILD", "1");
    this.environment = Map.copyOf(variables);
  }

  /** A home with these settings, not started. */
  static Cluster in(Path home, String settings) {
    return in(home, settings, 0);
  }

  /**
   * @param gatewayPort 0 for any free one, which gateways that share one cannot have
   */
  static Cluster in(Path home, String settings, int gatewayPort) {
    return in(home, settings, gatewayPort, Map.of());
  }

  /**
   * @param environment more variables of {@code bin/troupe} and the seed node
   */
  static Cluster in(Path home, String settings, int gatewayPort, Map<String, String> environment) {
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve("application.conf"), settings);
      return new Cluster(home, gatewayPort, environment);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Cluster start(Path home, String settings) {
    return in(home, settings).up();
  }

  Cluster up() {
    try {
      Command up = run("up", "-d");
      assertThat(up.exitCode()).as(up.output() + logs()).isZero();
      return this;
    } catch (IllegalStateException | AssertionError failed) {
      // The test has no cluster yet that it could close.
      close();
      throw failed;
    }
  }

  /**
   * {@code bin/troupe up} that ends with this, and that a signal can end, even where the tests run
   * in the background.
   */
  Process upInForeground(Path output) throws IOException {
    foreground = inForeground(output, "up");
    return foreground;
  }

  /** {@code bin/troupe} with a command that a signal can end. */
  Process inForeground(Path output, String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(List.of("env", "--default-signal=INT", Command.troupe().toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--home", home.toString()));
    ProcessBuilder command =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    command.environment().putAll(environment);
    return command.start();
  }

  /** Runs {@code bin/troupe} for this cluster. */
  Command run(String... arguments) {
    return Command.troupe(home, environment, arguments);
  }

  Path home() {
    return home;
  }

  ClusterStatus status() {
    return control.status();
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
    return client(status());
  }

  private static Client client(ClusterStatus status) {
    String url = status.gateway();
    assertThat(url).as("gateway URL").isNotNull();
    return Client.ofGateway(url);
  }

  /** Sends a signal to processes of this cluster, with one command. */
  void signal(String signal, Long... pids) {
    List<String> line = new ArrayList<>(List.of("kill", "-" + signal));
    Stream.of(pids).forEach(pid -> line.add(pid.toString()));
    Command kill = Command.run(line, Map.of());
    assertThat(kill.exitCode()).as(kill.output()).isZero();
  }

  SlotStatus awaitSlot(String name, Predicate<SlotStatus> condition) {
    return await().atMost(PATIENCE).ignoreExceptions().until(() -> slot(name), condition);
  }

  SlotStatus awaitRunning(String name, long otherThanPid) {
    return awaitSlot(
        name,
        slot ->
            slot.state() == SlotState.RUNNING && slot.pid() != null && slot.pid() != otherThanPid);
  }

  /** The pids by slot, of those that have a process. */
  Map<String, Long> pids() {
    return pids(status());
  }

  /**
   * Waits until every slot runs and is healthy as the gateway sees it, and until the processes of
   * this home are, all of them and nobody else, the members of one cluster.
   *
   * @return the pids by slot
   */
  Map<String, Long> awaitWhole() {
    return await()
        .atMost(PATIENCE_WITH_ALL)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptionsMatching(thrown -> !(thrown instanceof ContractViolation))
        .until(this::pidsIfWhole, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Map<String, Long>> pidsIfWhole() {
    ClusterStatus status = status();
    Map<String, Long> pids = pids(status);
    Set<Long> members = new HashSet<>();
    Client client = client(status);
    for (JsonNode member : client.get("/cluster").at("/members")) {
      if (member.get("status").asText().equals("Up") && member.get("reachable").asBoolean()) {
        members.add(member.get("pid").asLong());
      }
    }
    boolean whole =
        status.slots().stream().allMatch(slot -> slot.state() == SlotState.RUNNING)
            && members.equals(Set.copyOf(pids.values()))
            && members.equals(Set.copyOf(processes()))
            && client.get("/health").at("/status").asText().equals("healthy");
    return whole ? Optional.of(pids) : Optional.empty();
  }

  private static Map<String, Long> pids(ClusterStatus status) {
    Map<String, Long> pids = new HashMap<>();
    for (SlotStatus slot : status.slots()) {
      if (slot.pid() != null) {
        pids.put(slot.slot(), slot.pid());
      }
    }
    return pids;
  }

  /** The pid of the launcher, which stays with its cluster in the background. */
  long launcherPid() throws IOException {
    return Long.parseLong(Files.readString(home.resolve("run").resolve("launcher.lock")).strip());
  }

  /** Pids of all living processes that carry the mark of this home. */
  List<Long> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(ProcessLiveness::isAlive)
          .filter(
              process ->
                  CommandLineMark.of(ProcessInfo.arguments(process))
                      .filter(mark -> mark.home().equals(home))
                      .isPresent())
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
    if (foreground != null) {
      foreground.destroyForcibly();
    }
    processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }
}
