package dev.troupe.node.call;

import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.program.ProgramConnector;
import dev.troupe.node.program.ProxiedRequest;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of the router to programs, by a connector for each program that has had one.
 * Passes all other requests to another sender. Confined to the router.
 */
final class ProgramConnectors implements RequestSender {
  private final ActorContext<?> router;
  private final Duration chunkTimeout;
  private final RequestSender others;
  // By the endpoint of the host, which no later process has.
  private final Map<ActorRef<ServiceRequest>, ActorRef<ProgramConnector.Command>> connectors =
      new HashMap<>();

  /**
   * @param chunkTimeout how long the next chunk of a request may take
   * @param others sends requests to services
   */
  ProgramConnectors(ActorContext<?> router, Duration chunkTimeout, RequestSender others) {
    this.router = router;
    this.chunkTimeout = chunkTimeout;
    this.others = others;
  }

  @Override
  public @Nullable Runnable send(
      ServiceRequest request, InstanceHandle instance, @Nullable ProxiedRequest proxied) {
    if (proxied == null) {
      return others.send(request, instance, null);
    }
    String url = instance.programUrl();
    if (url == null) {
      // A service with a class has taken the place of a program: its routes follow soon.
      request
          .replyTo()
          .tell(
              ServiceReply.error(
                  request, ReplyStatus.UNAVAILABLE, instance.slot() + " is no program"));
      return null;
    }
    ActorRef<ProgramConnector.Command> connector =
        connectors.computeIfAbsent(instance.endpoint(), endpoint -> spawn(instance, url));
    connector.tell(new ProgramConnector.Send(request, proxied));
    return () -> connector.tell(new ProgramConnector.Forget(request.correlationId()));
  }

  // A failure loses its calls, which end at their deadlines.
  private ActorRef<ProgramConnector.Command> spawn(InstanceHandle instance, String url) {
    return router.spawnAnonymous(
        Behaviors.supervise(
                ProgramConnector.create(
                    instance.slot(), url, chunkTimeout, instance.endpoint().unsafeUpcast()))
            .onFailure(RuntimeException.class, SupervisorStrategy.restart()),
        InternalDispatcher.PROPS);
  }

  /** Ends the connectors of programs that are gone. */
  void retain(RegistryView view) {
    if (connectors.isEmpty()) {
      return;
    }
    Set<ActorRef<ServiceRequest>> known =
        view.instances().stream()
            .map(InstanceView::registration)
            .filter(registration -> registration.endpoint() != null)
            .map(registration -> registration.endpoint())
            .collect(Collectors.toSet());
    connectors
        .entrySet()
        .removeIf(
            entry -> {
              if (known.contains(entry.getKey())) {
                return false;
              }
              router.stop(entry.getValue());
              return true;
            });
  }
}
