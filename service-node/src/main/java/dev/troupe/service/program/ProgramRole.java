package dev.troupe.service.program;

import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeRole;
import dev.troupe.node.start.StartedRole;
import dev.troupe.protocol.launch.FreePort;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.ProgramSettings;
import dev.troupe.protocol.settings.ServiceSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts a program: the process of the node starts it, waits until it is ready, and ends when it
 * ends. So one life, and one supervision, is that of both.
 */
final class ProgramRole implements NodeRole {
  private static final Logger log = LoggerFactory.getLogger(ProgramRole.class);
  private static final String VERSION = "1";
  private static final long BETWEEN_PROBES_MILLIS = 50;

  @Override
  public StartedRole start(NodeContext node) throws Exception {
    String name = node.identity().service();
    ProgramSettings settings =
        node.settings()
            .service(name)
            .map(ServiceSettings::program)
            .orElseThrow(
                () ->
                    new UnusableProgramException(
                        "%s has no command in the settings (troupe.services)".formatted(name)));
    String host = node.settings().cluster().endpoint().hostInAddress();
    int port = port(settings, host);
    ProgramCommand.check(settings.command(), settings.directory(), System.getenv("PATH"));
    ProgramOutput output =
        ProgramOutput.fromNowOn(
            node.settings().logDirectory().resolve(node.identity().slot() + ".out"));
    HostedProgram program =
        HostedProgram.start(settings.command(), settings.directory(), variables(host, port));
    log.info(
        "[{}] started {} (pid {}{})",
        node.identity().slot(),
        settings.command(),
        program.pid(),
        settings.hasPort() ? ", port " + port : "");
    CompletableFuture<Void> ended =
        program
            .onExit()
            .thenAcceptAsync(code -> onEnded(node, settings, output, code), node.blocking());
    stopWithNode(node, settings, program);
    ProgramProbe probe =
        new ProgramProbe(
            host,
            port,
            settings.health(),
            node.settings().health().heartbeatTimeout(),
            why -> end(node, ProgramEnd.useless(why)),
            System::nanoTime);
    awaitReady(node, probe, program, ended);
    CallCounters counters = new CallCounters();
    ActorRef<Object> endpoint =
        node.system()
            .systemActorOf(
                ProgramEndpoint.create(name, counters, node.view()),
                "endpoint",
                InternalDispatcher.PROPS);
    return new StartedRole(
        VERSION,
        new ServiceDescriptor(name, VERSION, routes(settings)),
        endpoint.narrow(),
        settings.hasPort() ? "http://%s:%d".formatted(host, port) : null,
        counters,
        probe,
        () -> {
          CompletableFuture<Void> drained = new CompletableFuture<>();
          endpoint.tell(new ProgramEndpoint.Drain(drained));
          return drained;
        });
  }

  private static List<ActionDescriptor> routes(ProgramSettings settings) {
    List<ActionDescriptor> routes = new ArrayList<>();
    for (String path : settings.routes()) {
      routes.add(ActionDescriptor.allBelow("route_" + (routes.size() + 1), PathTemplate.of(path)));
    }
    return routes;
  }

  private static int port(ProgramSettings settings, String host) throws IOException {
    return settings.port() == ProgramSettings.FREE_PORT ? FreePort.on(host) : settings.port();
  }

  private static Map<String, String> variables(String host, int port) {
    Map<String, String> variables = new HashMap<>();
    if (port != ProgramSettings.NO_PORT) {
      variables.put("HOST", host);
      variables.put("PORT", Integer.toString(port));
    }
    return variables;
  }

  private static void onEnded(
      NodeContext node, ProgramSettings settings, ProgramOutput output, int code) {
    // A host that is stopping has ended the program itself.
    if (!NodeShutdown.hasBegun(node.system())) {
      end(node, ProgramEnd.of(code, settings.command(), output.lastLine()));
    }
  }

  // At once and without leaving the cluster: the supervisor sees the exit and tells all nodes.
  private static void end(NodeContext node, ProgramEnd end) {
    log.error("[{}] {}: {}", node.identity().slot(), end.exit().meaning(), end.text());
    end.endProcess();
  }

  private static void stopWithNode(
      NodeContext node, ProgramSettings settings, HostedProgram program) {
    CoordinatedShutdown.get(node.system())
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "stop-program",
            () ->
                program
                    .stop(settings.stopSignal(), settings.stopTimeout())
                    .thenApply(
                        killed -> {
                          if (killed) {
                            log.warn(
                                "[{}] its program did not end within {} ms after {}: killed",
                                node.identity().slot(),
                                settings.stopTimeout().toMillis(),
                                settings.stopSignal());
                          }
                          return Done.getInstance();
                        }));
  }

  /** Blocks until the program is ready, or the node is stopping. */
  private static void awaitReady(
      NodeContext node, ProgramProbe probe, HostedProgram program, CompletableFuture<Void> ended)
      throws InterruptedException {
    Duration startTimeout = node.settings().startTimeout();
    Duration since = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    long end = System.nanoTime() + startTimeout.minus(since).toNanos();
    while (true) {
      if (program.hasEnded()) {
        // Ends this process, unless that is stopping.
        ended.join();
        return;
      }
      try {
        probe.run();
        return;
      } catch (IOException | IllegalStateException notReady) {
        if (System.nanoTime() - end >= 0) {
          end(
              node,
              ProgramEnd.useless(
                  "it was not ready within %d s (troupe.start-timeout): %s"
                      .formatted(startTimeout.toSeconds(), notReady.getMessage())));
        }
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_PROBES_MILLIS);
    }
  }
}
