package dev.troupe.seed.process;

import dev.troupe.node.start.ProvenDead;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.launch.Lib;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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
  private final Lib lib;
  private final Supplier<List<String>> members;
  private final Executor blocking;
  private final Set<String> slots = ConcurrentHashMap.newKeySet();

  /**
   * @param members addresses of living members, for a new node to join; at least one
   */
  public OsProcessLauncher(
      Settings settings, Lib lib, Supplier<List<String>> members, Executor blocking) {
    this.settings = settings;
    this.lib = lib;
    this.members = members;
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
    return OsProcess.adopted(process, address, files(slot), blocking);
  }

  /** Keeps what the processes of all slots print within bounds; blocks. */
  public void boundOutput() throws IOException {
    for (String slot : slots) {
      files(slot).boundOut();
    }
  }

  private RunningProcess start(String slot, String service, int generation) throws IOException {
    slots.add(slot);
    String host = settings.cluster().endpoint().host();
    int port = FreePort.on(host);
    ProvenDead.forget(NodeAddress.of(host, port));
    SlotFiles files = files(slot);
    files.rotateOut();
    files.boundCrashReports();
    SlotFiles.Mark mark = files.mark();
    ProcessBuilder builder = new ProcessBuilder(command(slot, service, generation, port).line());
    builder.directory(settings.home().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files.out().toFile()));
    return OsProcess.child(builder.start(), NodeAddress.of(host, port), files, mark, blocking);
  }

  private JavaCommand command(String slot, String service, int generation, int port)
      throws IOException {
    List<String> arguments = new ArrayList<>(new NodeFlags(generation, port).arguments());
    arguments.addAll(List.of("--home", settings.home().toString(), "--slot", slot));
    for (String member : members.get()) {
      arguments.addAll(List.of("--join", member));
    }
    ServiceSettings hosted = settings.service(service).orElse(null);
    JavaCommand command =
        JavaCommand.of(lib, settings.home(), slot, hosted == null ? GATEWAY_MAIN : SERVICE_MAIN)
            .withArguments(arguments);
    if (hosted == null) {
      return command.withJvmOptions(settings.gateway().jvmOptions());
    }
    Files.createDirectories(settings.run().resolve("tmp"));
    return command
        .withJvmOptions(hosted.jvmOptions())
        .withMoreJars(Lib.jarsOf(settings.serviceJars()));
  }

  private SlotFiles files(String slot) {
    return new SlotFiles(settings.logDirectory(), slot, settings.logs().maxFileBytes());
  }
}
