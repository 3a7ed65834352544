package dev.troupe.seed.process;

import dev.troupe.node.death.ConfirmedDeadNodes;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.launch.NewSession;
import dev.troupe.protocol.process.EnvironmentMark;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.settings.EnvironmentReferences;
import dev.troupe.protocol.settings.EnvironmentSettings;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Starts the JVMs of services and gateways. */
public final class OsProcessLauncher implements ProcessLauncher {
  private static final String SERVICE_MAIN = "dev.troupe.service.ServiceNode";
  private static final String GATEWAY_MAIN = "dev.troupe.gateway.GatewayNode";

  private final Settings settings;
  private final CurrentDeployment deployment;
  private final Supplier<List<String>> members;
  private final Executor blocking;
  private final HomeSecret secret;
  private final SlotLeftovers leftovers;
  private final ChildEnvironment environment;
  private final Set<String> slots = ConcurrentHashMap.newKeySet();
  // Of each slot whose last process has ended: what that left running is being ended.
  private final Map<String, CompletableFuture<Void>> endings = new ConcurrentHashMap<>();
  private final Map<String, Long> printed = new HashMap<>();
  private long lastLook = System.nanoTime();

  /**
   * @param deployment the jars to launch with
   * @param members addresses of living members, for a new node to join; at least one
   * @param own environment variables of this process
   * @throws IOException when the settings file cannot be read
   */
  public OsProcessLauncher(
      Settings settings,
      CurrentDeployment deployment,
      Supplier<List<String>> members,
      HomeSecret secret,
      Map<String, String> own,
      Executor blocking)
      throws IOException {
    this.settings = settings;
    this.deployment = deployment;
    this.members = members;
    this.secret = secret;
    this.leftovers = new SlotLeftovers(secret);
    this.environment =
        new ChildEnvironment(
            own, EnvironmentReferences.in(settings.home().resolve(SettingsLoader.FILE)));
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<RunningProcess> launch(String slot, String service, int generation) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return start(slot, service, generation);
          } catch (IOException e) {
            throw new CompletionException(e.getMessage(), e);
          }
        },
        blocking);
  }

  /** The process an earlier seed node launched for {@code slot}. */
  public RunningProcess adopt(String slot, ProcessHandle process, String address) {
    slots.add(slot);
    int generation = EnvironmentMark.of(process).map(EnvironmentMark::generation).orElse(0);
    RunningProcess adopted = OsProcess.adopted(process, address, files(slot), blocking);
    endLeftoversAfter(adopted, slot, generation);
    return adopted;
  }

  /** Completes when nothing that ended processes have left running is alive. */
  public CompletionStage<Void> leftoversEnded() {
    return CompletableFuture.allOf(endings.values().toArray(CompletableFuture[]::new));
  }

  /**
   * Keeps what the processes of all slots print within bounds; blocks.
   *
   * @return when to call it again
   */
  public synchronized Duration boundOutput() throws IOException {
    long now = System.nanoTime();
    long most = 0;
    for (String slot : slots) {
      SlotFiles files = files(slot);
      long size = files.outSize();
      most = Math.max(most, size - printed.getOrDefault(slot, size));
      printed.put(slot, files.boundOut());
    }
    Duration since = Duration.ofNanos(Math.max(1, now - lastLook));
    lastLook = now;
    return OutputPace.next(most, since, settings.logs().maxFileBytes());
  }

  private RunningProcess start(String slot, String service, int generation) throws IOException {
    slots.add(slot);
    leftovers.endBefore(slot);
    String host = settings.cluster().endpoint().hostInAddress();
    int port = FreePort.on(host);
    ConfirmedDeadNodes.forget(NodeAddress.of(host, port));
    SlotFiles files = files(slot);
    files.rotateOut();
    files.boundCrashReports();
    SlotFiles.Mark mark = files.mark();
    ProcessBuilder builder =
        new ProcessBuilder(NewSession.of(command(slot, service, generation, port).line()));
    builder.environment().clear();
    builder.environment().putAll(environment(slot, service, generation));
    builder.directory(settings.home().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files.out().toFile()));
    RunningProcess child =
        OsProcess.child(builder.start(), NodeAddress.of(host, port), files, mark, blocking);
    endLeftoversAfter(child, slot, generation);
    return child;
  }

  // Beside the news of its end, which must not wait for it.
  private void endLeftoversAfter(RunningProcess process, String slot, int generation) {
    var unused =
        process
            .onExit()
            .thenRun(
                () ->
                    endings.put(
                        slot,
                        CompletableFuture.runAsync(
                            () -> leftovers.endAfter(slot, generation, process.pid()), blocking)));
  }

  private Map<String, String> environment(String slot, String service, int generation) {
    EnvironmentSettings own =
        settings
            .service(service)
            .map(ServiceSettings::environment)
            .orElse(EnvironmentSettings.NONE);
    return environment.of(
        settings.service(service).isPresent(),
        List.of(settings.seed().environment(), own),
        new EnvironmentMark(secret, slot, generation));
  }

  private JavaCommand command(String slot, String service, int generation, int port)
      throws IOException {
    List<String> arguments = new ArrayList<>(new NodeFlags(generation, port).arguments());
    arguments.addAll(List.of("--home", settings.home().toString(), "--slot", slot));
    for (String member : members.get()) {
      arguments.addAll(List.of("--join", member));
    }
    arguments.addAll(deployment.arguments());
    Deployment now = deployment.get();
    ServiceSettings hosted = settings.service(service).orElse(null);
    JavaCommand command =
        JavaCommand.of(
                now.lib(), settings.home(), slot, hosted == null ? GATEWAY_MAIN : SERVICE_MAIN)
            .withArguments(arguments);
    if (hosted == null) {
      return command.withJvmOptions(settings.gateway().jvmOptions());
    }
    Files.createDirectories(settings.run().resolve("tmp"));
    return command.withJvmOptions(hosted.jvmOptions()).withMoreJars(now.serviceJars());
  }

  private SlotFiles files(String slot) {
    return new SlotFiles(settings.logDirectory(), slot, settings.logs().maxFileBytes());
  }
}
