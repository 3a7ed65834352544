package dev.troupe.seed.process;

import dev.troupe.node.death.ConfirmedDeadNodes;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.DebugPorts;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.DevelopmentClassPath;
import dev.troupe.protocol.launch.FreePort;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.launch.NewSession;
import dev.troupe.protocol.launch.ServiceJarArguments;
import dev.troupe.protocol.launch.ServiceVersions;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the JVMs of services and gateways. */
public final class OsProcessLauncher implements ProcessLauncher {
  private static final String SERVICE_MAIN = "dev.troupe.service.ServiceNode";
  private static final String PROGRAM_MAIN = "dev.troupe.service.program.ProgramNode";
  private static final String GATEWAY_MAIN = "dev.troupe.gateway.GatewayNode";

  private final Settings settings;
  private final CurrentDeployment deployment;
  private final SlotVersions versions;
  private final Supplier<List<String>> members;
  private final Executor blocking;
  private final HomeSecret secret;
  private final LeftoverProcesses leftovers;
  private final ChildEnvironment environment;
  private final Set<String> slots = ConcurrentHashMap.newKeySet();
  // By slot: completes when what the last ended process of the slot left running has been killed.
  private final Map<String, CompletableFuture<Void>> endings = new ConcurrentHashMap<>();

  /**
   * @param deployment the jars to launch with
   * @param versions with which slots are launched while a service is deployed
   * @param members addresses of living members, for a new node to join; at least one
   * @param own environment variables of this process
   * @throws IOException when the settings file cannot be read
   */
  public OsProcessLauncher(
      Settings settings,
      CurrentDeployment deployment,
      SlotVersions versions,
      Supplier<List<String>> members,
      HomeSecret secret,
      Map<String, String> own,
      Executor blocking)
      throws IOException {
    this.settings = settings;
    this.deployment = deployment;
    this.versions = versions;
    this.members = members;
    this.secret = secret;
    this.leftovers = new LeftoverProcesses(secret);
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

  /** The process that an earlier seed node launched for {@code slot}. */
  public RunningProcess adopt(String slot, ProcessHandle process, String address) {
    slots.add(slot);
    int generation = EnvironmentMark.of(process).map(EnvironmentMark::generation).orElse(0);
    RunningProcess adopted = OsProcess.adopted(process, address, files(slot), blocking);
    endLeftoversAfter(adopted, slot, generation);
    return adopted;
  }

  /** Completes when everything that ended processes have left running has been killed. */
  public CompletionStage<Void> leftoversEnded() {
    return CompletableFuture.allOf(endings.values().toArray(CompletableFuture[]::new));
  }

  /** The limit of what the processes of all slots print. */
  public OutputLimit outputLimit() {
    return new OutputLimit(slots, this::files, settings.logs().maxFileBytes());
  }

  private RunningProcess start(String slot, String service, int generation) throws IOException {
    slots.add(slot);
    leftovers.endBefore(slot);
    String host = settings.cluster().endpoint().hostInAddress();
    int port = FreePort.on(host);
    NodeFlags flags = new NodeFlags(generation, port);
    ConfirmedDeadNodes.forget(flags.address(host));
    SlotFiles files = files(slot);
    files.rotateOut();
    files.boundCrashReports();
    SlotFiles.Mark mark = files.mark();
    ProcessBuilder builder =
        new ProcessBuilder(NewSession.of(command(slot, service, flags).line()));
    builder.environment().clear();
    builder.environment().putAll(environment(slot, service, generation));
    builder.directory(settings.home().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files.out().toFile()));
    RunningProcess child =
        OsProcess.child(builder.start(), flags.address(host), files, mark, blocking);
    endLeftoversAfter(child, slot, generation);
    return child;
  }

  // Runs after onExit has completed: killing takes time, and nobody who waits for the exit of the
  // process needs to wait for it.
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

  private JavaCommand command(String slot, String service, NodeFlags flags) throws IOException {
    List<String> arguments = new ArrayList<>(flags.arguments());
    arguments.addAll(List.of("--home", settings.home().toString(), "--slot", slot));
    for (String member : members.get()) {
      arguments.addAll(List.of("--join", member));
    }
    arguments.addAll(deployment.arguments());
    Deployment now = deployment.get();
    ServiceSettings hosted = settings.service(service).orElse(null);
    List<String> debugger =
        DebugPorts.read(settings.run()).of(slot).stream().mapToObj(DebugPorts::jvmOption).toList();
    JavaCommand command = JavaCommand.of(now.lib(), settings.home(), slot, mainClass(hosted));
    if (hosted == null) {
      return command
          .withArguments(arguments)
          .withJvmOptions(joined(settings.gateway().jvmOptions(), debugger));
    }
    if (hosted.program() != null) {
      return command.withArguments(arguments).withJvmOptions(joined(hosted.jvmOptions(), debugger));
    }
    Files.createDirectories(settings.run().resolve("tmp"));
    return command
        .withArguments(joined(arguments, ServiceJarArguments.of(jars(slot, service, now))))
        .withJvmOptions(joined(hosted.jvmOptions(), debugger));
  }

  private static String mainClass(@Nullable ServiceSettings hosted) {
    if (hosted == null) {
      return GATEWAY_MAIN;
    }
    return hosted.program() == null ? SERVICE_MAIN : PROGRAM_MAIN;
  }

  private List<Path> jars(String slot, String service, Deployment now) throws IOException {
    Optional<DevelopmentClassPath> developed = DevelopmentClassPath.find(settings.run(), service);
    if (developed.isPresent()) {
      return developed.get().entries();
    }
    Optional<String> deployed = versions.of(slot);
    return deployed.isPresent()
        ? new ServiceVersions(settings.home(), service).jars(deployed.get())
        : now.jarsOf(service);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private SlotFiles files(String slot) {
    return new SlotFiles(settings.logDirectory(), slot, settings.logs().maxFileBytes());
  }
}
