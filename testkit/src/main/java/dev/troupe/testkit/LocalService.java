package dev.troupe.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeIdentity;
import dev.troupe.node.start.StartedRole;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.service.host.ServiceRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A service as its node hosts it, behind the requests that a gateway answers, without a cluster and
 * without connections.
 */
final class LocalService implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final Config LOCAL =
      ConfigFactory.parseString(
          """
          pekko {
            actor.provider = local
            coordinated-shutdown { exit-jvm = off, run-by-jvm-shutdown-hook = off }
          }
          """);

  private final String name;
  private final StubbedServices stubs;
  private final TemporaryHome home;
  private final ActorSystem<Void> system;
  private final LocalCalls calls;
  private final Map<ServiceDefinition, ActorRef<ServiceRequest>> stubActors =
      new ConcurrentHashMap<>();
  private final AtomicInteger lastStub = new AtomicInteger();

  private LocalService(String name, StubbedServices stubs, TemporaryHome home, Settings settings) {
    this.name = name;
    this.stubs = stubs;
    this.home = home;
    this.system =
        ActorSystem.create(
            Behaviors.empty(),
            "test",
            LOCAL
                .withFallback(settings.pekko())
                .withFallback(ConfigFactory.parseResources("troupe-node.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    this.calls = new LocalCalls(system);
  }

  /** A service that answers, and the gateway before it. */
  record Started(LocalService service, StartedRole role, LocalGateway gateway) {
    /**
     * Calls an action of the service that HTTP does not reach.
     *
     * @throws AssertionError when it is refused
     */
    <I extends Record, O extends Record> O call(Action<I, O> action, I input) {
      Deadline deadline = Deadline.after(TestRequest.PATIENCE);
      OutboundCall call =
          new OutboundCall(
              "test",
              service.name,
              action.name(),
              action.idempotent(),
              Map.of(),
              QueryParameters.NONE,
              JsonBytes.of(Json.write(input)),
              deadline,
              null,
              null,
              null);
      ServiceReply reply =
          service
              .calls
              .call(Objects.requireNonNull(role.endpoint()), call, deadline)
              .toCompletableFuture()
              .join();
      if (!reply.status().isSuccess()) {
        throw new AssertionError(
            "%s refused %s: %s".formatted(service.name, action.name(), reply.message()));
      }
      try {
        return action.output(reply);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Starts {@code service} in a home of its own. Blocks.
   *
   * @param settings the {@code settings} of its block
   * @throws IllegalStateException when it does not start, with its reason
   */
  static Started start(String name, Service service, Config settings, StubbedServices stubs) {
    TemporaryHome home = TemporaryHome.create(configuration(name, service, settings));
    Settings loaded;
    try {
      loaded = SettingsLoader.load(home.path(), Map.of());
    } catch (SettingsException failure) {
      home.close();
      throw new IllegalStateException(name + " cannot be hosted: " + failure.getMessage(), failure);
    }
    LocalService local = new LocalService(name, stubs, home, loaded);
    try {
      StartedRole role = new ServiceRole(service).start(local.node(loaded));
      return new Started(local, role, new LocalGateway(local.system, loaded, role, local.calls));
    } catch (Exception | LinkageError failure) {
      local.close();
      throw new IllegalStateException(
          "%s did not start: %s".formatted(name, failure.getMessage()), failure);
    }
  }

  private static String configuration(String name, Service service, Config settings) {
    return "troupe { background { look = 10ms }, services.%s { class = %s, settings = %s } }"
        .formatted(
            ConfigUtil.quoteString(name),
            ConfigUtil.quoteString(service.getClass().getName()),
            settings.root().render(ConfigRenderOptions.concise()));
  }

  private NodeContext node(Settings settings) {
    Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    return new NodeContext(
        new NodeIdentity(name, name + "-1", 1),
        settings,
        system,
        system.ignoreRef(),
        () -> RegistryView.EMPTY,
        this::callOther,
        NodeMetrics.of(false),
        blocking);
  }

  private CompletionStage<ServiceReply> callOther(OutboundCall call) {
    if (TestEvents.isRead(call)) {
      return CompletableFuture.completedStage(stubs.events().answer(call));
    }
    ServiceDefinition stub = stubs.called(name, call);
    if (stub == null) {
      return CompletableFuture.completedStage(
          new ServiceReply(
              0,
              call.requestId(),
              ReplyStatus.FAILED,
              JsonBytes.EMPTY,
              "the test has no stub of %s %s".formatted(call.service(), call.action())));
    }
    Deadline deadline = call.deadline().orEarlier(Deadline.after(TestRequest.PATIENCE));
    return calls.call(stubActors.computeIfAbsent(stub, this::spawn), call, deadline);
  }

  private ActorRef<ServiceRequest> spawn(ServiceDefinition stub) {
    return system.systemActorOf(
        stub.behavior(system.dispatchers().lookup(DispatcherSelector.blocking())),
        "stub-" + lastStub.incrementAndGet(),
        Props.empty());
  }

  @Override
  public void close() {
    system.terminate();
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(name + " did not stop within " + STOP_TIMEOUT, e);
    } finally {
      home.close();
    }
  }
}
