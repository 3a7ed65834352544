package dev.troupe.protocol.service;

/**
 * A service as its author writes it. Each process hosts one: Troupe calls the public no-argument
 * constructor and {@link #define}, and gives the service requests once its checks pass.
 *
 * <pre>{@code
 * public final class HelloService implements Service {
 *   record Hello(String name) {}
 *
 *   record Greeting(String message) {}
 *
 *   @Override
 *   public ServiceDefinition define(ServiceContext context) {
 *     return ServiceDefinition.named("HelloService")
 *         .get("hello", "/hello/{name}", Hello.class, Greeting.class,
 *             hello -> new Greeting("Hello, " + hello.name()))
 *         .build();
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Service {
  /**
   * Opens what the service needs and states its actions with their handlers. Called once in a
   * process, on a thread that may block.
   *
   * @throws Exception when the service cannot start; the process then ends with this as its reason
   */
  ServiceDefinition define(ServiceContext context) throws Exception;
}
