package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ServiceRequest;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A service as its author writes it. Each process hosts one: Troupe calls the public no-argument
 * constructor, {@link #describe} and {@link #behavior}, and gives the service requests once {@link
 * #check} passes.
 */
public interface Service {
  /** The actions of the service. Must not change while the process lives. */
  ServiceDescriptor describe();

  /**
   * Opens the resources of the service and returns its behavior, which {@link Actions} makes from
   * handlers. Called once, on a thread that may block.
   *
   * @throws Exception when the service cannot start; the process then ends with this as its reason
   */
  Behavior<ServiceRequest> behavior(ServiceContext context) throws Exception;

  /**
   * The readiness check of the service: called before it gets requests, and every {@code
   * check-interval} after that, on a thread that may block. While the check fails, the process is
   * unhealthy; it is not restarted.
   *
   * @throws Exception when the service cannot do its work now, with the reason as message
   */
  default void check() throws Exception {}
}
