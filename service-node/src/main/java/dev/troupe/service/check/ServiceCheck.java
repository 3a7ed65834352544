package dev.troupe.service.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import dev.troupe.node.dispatcher.ServiceThreads;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.RouteConflict;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.SettingsSnapshot;
import dev.troupe.service.host.ServiceClass;
import dev.troupe.service.host.ServiceClassLoader;
import dev.troupe.service.host.UnusableServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The program that loads a service and has it describe itself, without a cluster, a store or jobs.
 * It writes the result into a file: what the service prints itself does not matter.
 */
public final class ServiceCheck {
  private static final int SHOWN_FRAMES = 12;
  private static final String ALL_BELOW = "/**";

  private final CheckArguments arguments;

  private ServiceCheck(CheckArguments arguments) {
    this.arguments = arguments;
  }

  /** Why the service cannot be deployed. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  public static void main(String[] args) throws Exception {
    CheckArguments arguments = new CheckArguments();
    new CommandLine(arguments).parseArgs(args);
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.WARN);
    }
    ServiceCheck check = new ServiceCheck(arguments);
    Thread thread = new Thread(check::run, "service-check");
    thread.setDaemon(true);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(arguments.seconds));
    if (thread.isAlive()) {
      check.write("refused", check.hanging(thread.getStackTrace()));
    }
    // Threads of the service must not keep the process alive.
    Runtime.getRuntime().halt(0);
  }

  private String hanging(StackTraceElement[] stack) {
    return "%s does not describe itself within %d s. Its constructor and define() must return at once; now they are at:%n%s"
        .formatted(
            arguments.service,
            arguments.seconds,
            Stream.of(stack)
                .limit(SHOWN_FRAMES)
                .map(frame -> "    at " + frame)
                .collect(Collectors.joining("\n")));
  }

  private void run() {
    try {
      write("ok", check());
    } catch (Refusal | UnusableServiceException | SettingsException e) {
      write("refused", String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      write("refused", "%s cannot be checked: %s".formatted(arguments.service, e));
    }
  }

  /** The version that the service states of itself. */
  private String check() throws Exception {
    ServiceSettings service = settings();
    ServiceClassLoader loader = new ServiceClassLoader(service.name(), arguments.jars);
    if (loader.isOfTroupe(service.className())) {
      throw new Refusal(
          "%s: class %s is not in the jars, and is one that Troupe has itself. Deploy the jar that has it, or correct troupe.services.%s.class"
              .formatted(service.name(), service.className(), service.name()));
    }
    Optional<String> newer = ClassFileVersions.newer(arguments.jars, service.className());
    if (newer.isPresent()) {
      throw new Refusal("%s: %s".formatted(service.name(), newer.get()));
    }
    ServiceThreads.use(loader);
    ServiceClass serviceClass =
        new ServiceClass(
            service.name(), service.className(), arguments.jars.get(0).getParent(), loader);
    CheckedContext context = new CheckedContext(service, loader);
    return ServiceThreads.call(() -> described(serviceClass, context));
  }

  private String described(ServiceClass serviceClass, CheckedContext context) throws Exception {
    Service created = serviceClass.create();
    ServiceDescriptor descriptor;
    try {
      descriptor = serviceClass.define(created, context).descriptor();
    } catch (UnusableServiceException e) {
      throw e;
    } catch (Exception e) {
      if (context.isUsed()) {
        // It works with its store or with other services before it describes itself.
        return "";
      }
      throw new Refusal(
          "%s: define() has failed: %s%n%s".formatted(arguments.service, e, frames(e)));
    }
    for (ServiceDescriptor other : others()) {
      Optional<RouteConflict> conflict = RouteConflict.of(descriptor, other);
      if (conflict.isPresent()) {
        throw new Refusal("%s. Change the path of one of them".formatted(conflict.get().text()));
      }
    }
    return descriptor.version();
  }

  private static String frames(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .limit(SHOWN_FRAMES)
        .map(frame -> "    at " + frame)
        .collect(Collectors.joining("\n"));
  }

  private ServiceSettings settings() throws Refusal {
    Settings settings =
        arguments.snapshot
            ? SettingsSnapshot.read(arguments.home).settings()
            : SettingsLoader.load(arguments.home, System.getenv());
    return settings
        .service(arguments.service)
        .orElseThrow(() -> new Refusal("no service " + arguments.service + " in the settings"));
  }

  private List<ServiceDescriptor> others() {
    Map<String, List<ActionDescriptor>> taken = new LinkedHashMap<>();
    List<String> words = arguments.taken;
    for (int i = 0; i + 3 < words.size(); i += 4) {
      if (!words.get(i + 2).equals(arguments.service)) {
        taken
            .computeIfAbsent(words.get(i + 2), name -> new ArrayList<>())
            .add(action(words.get(i), words.get(i + 1), words.get(i + 3)));
      }
    }
    return Stream.concat(
            Stream.of(GatewayPaths.DESCRIPTOR),
            taken.entrySet().stream()
                .map(other -> new ServiceDescriptor(other.getKey(), "1", other.getValue())))
        .toList();
  }

  // Method and path as `routes` shows them.
  private static ActionDescriptor action(String method, String path, String name) {
    if (!path.endsWith(ALL_BELOW)) {
      return new ActionDescriptor(name, HttpMethod.valueOf(method), PathTemplate.of(path), true);
    }
    String prefix = path.substring(0, path.length() - ALL_BELOW.length());
    return ActionDescriptor.allBelow(name, PathTemplate.of(prefix.isEmpty() ? "/" : prefix));
  }

  private synchronized void write(String verdict, String text) {
    try {
      Files.write(arguments.result, "%s%n%s".formatted(verdict, text).getBytes(UTF_8));
    } catch (IOException e) {
      System.err.println("cannot write %s: %s".formatted(arguments.result, e));
    }
  }
}
