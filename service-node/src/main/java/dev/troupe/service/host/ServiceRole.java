package dev.troupe.service.host;

import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.dispatcher.ServiceThreads;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.health.MonitoredWork;
import dev.troupe.node.health.WorkProgress;
import dev.troupe.node.metrics.CallTimers;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeIdentity;
import dev.troupe.node.start.NodeRole;
import dev.troupe.node.start.StartedRole;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.service.queue.QueueMonitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Hosts the service that the node's identity names. */
public final class ServiceRole implements NodeRole {
  private final @Nullable Service given;
  private @Nullable ServiceClassLoader loader;

  /** Creates the service from its class in the settings. */
  public ServiceRole() {
    this.given = null;
  }

  /** Hosts {@code service} in place of what the settings name. */
  public ServiceRole(Service service) {
    this.given = service;
  }

  /** Gives the service a class loader of its own, unless its class is one of Troupe's. */
  @Override
  public void prepare(NodeIdentity identity, Settings settings, List<Path> serviceJars) {
    Optional<ServiceSettings> service = settings.service(identity.service());
    if (service.isEmpty() || given != null) {
      return;
    }
    ServiceClassLoader ofJars = new ServiceClassLoader(identity.service(), serviceJars);
    if (!ofJars.isOfTroupe(service.get().className())) {
      loader = ofJars;
      ServiceThreads.use(ofJars);
    }
  }

  @Override
  public StartedRole start(NodeContext node) throws Exception {
    return ServiceThreads.call(() -> host(node));
  }

  private StartedRole host(NodeContext node) throws Exception {
    ServiceSettings settings = settingsOf(node.identity().service(), node.settings());
    ServiceClass serviceClass =
        new ServiceClass(
            settings.name(), settings.className(), node.settings().serviceJars(), loader);
    HostedContext context = new HostedContext(node, settings);
    Service service = given == null ? serviceClass.create() : given;
    ServiceDefinition definition = context.complete(serviceClass.define(service, context));

    CallCounters counters = new CallCounters();
    counters.reportDead(QueueMonitor.of(node.system())::dead);
    WorkProgress progress = new WorkProgress();
    ActorRef<Object> actor =
        spawn(
            node,
            definition.behavior(
                context.blocking(),
                new UploadReceiver(node.system(), node.settings().streams().chunkTimeout())),
            progress);
    ActorRef<Object> endpoint =
        node.system()
            .systemActorOf(
                EndpointActor.create(
                    node.identity().slot(),
                    new InFlightRequests.Limits(
                        settings.calls().maxInFlight(),
                        settings.calls().maxInFlightBytes(),
                        settings.calls().maxReplyBytes()),
                    counters,
                    CallTimers.ofServer(
                        node.metrics(),
                        node.identity().service(),
                        definition.descriptor().actions().stream()
                            .map(ActionDescriptor::name)
                            .toList()),
                    self ->
                        new OutgoingStreams(
                            node.identity().slot(),
                            node.settings().streams(),
                            context.blocking(),
                            node.system(),
                            self),
                    actor.narrow(),
                    context::answered),
                "endpoint",
                InternalDispatcher.PROPS);
    context.startBackground(actor.narrow());
    ServiceDescriptor descriptor = definition.descriptor();
    return new StartedRole(
        descriptor.version(),
        descriptor,
        endpoint.narrow(),
        null,
        counters,
        () ->
            ServiceThreads.call(
                () -> {
                  context.check();
                  definition.check();
                  return null;
                }),
        () -> {
          CompletableFuture<Void> drained = new CompletableFuture<>();
          endpoint.tell(new EndpointActor.Drain(drained));
          return CompletableFuture.allOf(drained, context.releaseBackground());
        },
        new MonitoredWork(progress, answered -> actor.tell(new ServiceMailbox.Probe(answered))));
  }

  // An unexpected failure may have left the state of the behavior half changed.
  private static ActorRef<Object> spawn(
      NodeContext node, Behavior<ServiceRequest> behavior, WorkProgress progress) {
    Behavior<Object> received =
        Behaviors.intercept(() -> new ServiceMailbox(node.identity().slot(), progress), behavior);
    return node.system()
        .systemActorOf(
            Behaviors.supervise(received)
                .onFailure(
                    RuntimeException.class,
                    // The mailbox has logged it, with the request.
                    SupervisorStrategy.restart().withLoggingEnabled(false)),
            "service",
            Props.empty());
  }

  private static ServiceSettings settingsOf(String service, Settings settings)
      throws UnusableServiceException {
    return settings
        .service(service)
        .orElseThrow(
            () ->
                new UnusableServiceException(
                    "no service %s in the settings (troupe.services knows: %s)"
                        .formatted(
                            service,
                            settings.services().stream().map(ServiceSettings::name).toList()),
                    null,
                    true));
  }
}
