package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ServiceRequest;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A service as its author writes it. Troupe hosts one per process: it creates it by its public
 * no-argument constructor, asks what it offers, starts it, and offers it to the cluster once {@link
 * #check} passes.
 */
public interface Service {
  /** What the service offers; must not change while the process lives. */
  ServiceDescriptor describe();

  /**
   * Opens what the service needs and says how it answers; called once, on a thread that may block.
   * {@link Actions} makes the behavior from handlers.
   *
   * @throws Exception when the service cannot start; the process then ends with this as its reason
   */
  Behavior<ServiceRequest> behavior(ServiceContext context) throws Exception;

  /**
   * The service's own readiness check: asked before it is given requests and every {@code
   * check-interval} after, on a thread that may block. While it fails the process is unhealthy, and
   * is left to wait for what it lacks.
   *
   * @throws Exception when the service cannot do its work now, with the reason as message
   */
  default void check() throws Exception {}
}
