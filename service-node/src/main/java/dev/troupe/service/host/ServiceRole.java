package dev.troupe.service.host;

import dev.troupe.node.start.CallCounters;
import dev.troupe.node.start.Hosted;
import dev.troupe.node.start.InternalDispatcher;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeRole;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Hosts the service that the node's identity names. */
public final class ServiceRole implements NodeRole {
  @Override
  public Hosted start(NodeContext node) throws Exception {
    ServiceSettings settings = settingsOf(node.identity().service(), node.settings());
    Service service =
        new ServiceClass(settings.name(), settings.className(), node.settings().serviceJars())
            .create();
    HostedContext context = new HostedContext(node, settings);
    Behavior<ServiceRequest> behavior = service.behavior(context);

    CallCounters counters = new CallCounters();
    ActorRef<Object> endpoint =
        node.system()
            .systemActorOf(
                EndpointActor.create(
                    node.identity().slot(),
                    settings.calls().maxInFlight(),
                    counters,
                    spawn(node.system(), behavior),
                    context::answered),
                "endpoint",
                InternalDispatcher.PROPS);
    ServiceDescriptor descriptor = service.describe();
    return new Hosted(
        descriptor.version(),
        descriptor,
        endpoint.narrow(),
        null,
        counters,
        () -> {
          service.check();
          context.check();
        },
        () -> {
          CompletableFuture<Void> drained = new CompletableFuture<>();
          endpoint.tell(new EndpointActor.Drain(drained));
          return drained;
        });
  }

  // A failure that nobody expected may have left the behavior's state behind half changed.
  private static ActorRef<ServiceRequest> spawn(
      ActorSystem<?> system, Behavior<ServiceRequest> behavior) {
    return system.systemActorOf(
        Behaviors.supervise(Behaviors.intercept(AnswerOnFailure::new, behavior))
            .onFailure(SupervisorStrategy.restart()),
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
                    null));
  }
}
