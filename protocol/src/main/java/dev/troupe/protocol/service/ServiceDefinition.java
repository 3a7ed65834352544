package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;

/** A service: its actions, each with its handler, and its own readiness checks. */
public final class ServiceDefinition {
  private final ServiceDescriptor descriptor;
  private final List<Actions.Bound<?, ?>> actions;
  private final List<ReadinessCheck> checks;
  private final List<PublishedEvent<?>> published;
  private final List<EventSubscription> subscriptions;

  private ServiceDefinition(
      ServiceDescriptor descriptor,
      List<Actions.Bound<?, ?>> actions,
      List<ReadinessCheck> checks,
      List<PublishedEvent<?>> published,
      List<EventSubscription> subscriptions) {
    this.descriptor = descriptor;
    this.actions = List.copyOf(actions);
    this.checks = List.copyOf(checks);
    this.published = List.copyOf(published);
    this.subscriptions = List.copyOf(subscriptions);
  }

  /** Whether a service can do its work now, see {@link Builder#check}. */
  @FunctionalInterface
  public interface ReadinessCheck {
    /**
     * @throws DegradedException when the service can do a part of its work
     * @throws Exception when the service cannot do its work now, with the reason as message
     */
    void run() throws Exception;
  }

  /**
   * @param service the name of the service, like {@code UserService}: that of its block in {@code
   *     troupe.services}
   */
  public static Builder named(String service) {
    return new Builder(service);
  }

  /** The actions that HTTP reaches. */
  public ServiceDescriptor descriptor() {
    return descriptor;
  }

  /** The kinds of events that the service publishes. */
  public List<PublishedEvent<?>> published() {
    return published;
  }

  /** The kinds of events that the service handles. */
  public List<EventSubscription> subscriptions() {
    return subscriptions;
  }

  /** The same service with one more action that HTTP does not reach, of its host. */
  public <I extends Record, O extends Record> ServiceDefinition with(
      Action<I, O> action, ActionHandler<I, O> handler) {
    List<Actions.Bound<?, ?>> more = new ArrayList<>(actions);
    more.add(new Actions.Bound<>(action, new InputReader<>(action), handler));
    return new ServiceDefinition(descriptor, more, checks, published, subscriptions);
  }

  /**
   * The behavior of the actor that handles the requests.
   *
   * @param blocking runs the {@linkplain ActionHandler#blocking blocking handlers}
   */
  public Behavior<ServiceRequest> behavior(Executor blocking) {
    return behavior(
        blocking,
        body -> {
          throw new IllegalStateException("nobody receives uploads here");
        });
  }

  /**
   * The behavior of the actor that handles the requests.
   *
   * @param blocking runs the {@linkplain ActionHandler#blocking blocking handlers}
   * @param uploads receives the bodies of {@linkplain Action#upload uploads}
   */
  public Behavior<ServiceRequest> behavior(Executor blocking, Upload.Receiver uploads) {
    return Actions.behavior(
        descriptor,
        uploads,
        actions.stream().<Actions.Bound<?, ?>>map(action -> action.on(blocking)).toList());
  }

  /**
   * Runs the service's own readiness checks.
   *
   * @throws Exception of the first that fails
   */
  public void check() throws Exception {
    for (ReadinessCheck check : checks) {
      check.run();
    }
  }

  /**
   * Collects the actions of one service. A handler has one parameter, the input, and returns a
   * plain value; or two, the input and the call, and returns a {@link Result}.
   */
  public static final class Builder {
    private final String service;
    private final List<Actions.Bound<?, ?>> actions = new ArrayList<>();
    private final List<ActionDescriptor> reached = new ArrayList<>();
    private final List<ReadinessCheck> checks = new ArrayList<>();
    private final List<PublishedEvent<?>> published = new ArrayList<>();
    private final List<EventSubscription> subscriptions = new ArrayList<>();
    private String version = "1";

    private Builder(String service) {
      this.service = service;
    }

    /** The service's own version, for people to read; {@code 1} if it is not given. */
    public Builder version(String version) {
      this.version = version;
      return this;
    }

    public <I extends Record, O extends Record> Builder get(
        String name, String path, Class<I> input, Class<O> output, ActionHandler<I, O> handler) {
      return on(Action.get(name, path, input, output), handler);
    }

    public <I extends Record, O extends Record> Builder get(
        String name, String path, Class<I> input, Class<O> output, ValueHandler<I, O> handler) {
      return on(Action.get(name, path, input, output), handler);
    }

    /** A POST that answers 201 Created; another status is given with {@link Action#status}. */
    public <I extends Record, O extends Record> Builder post(
        String name, String path, Class<I> input, Class<O> output, ActionHandler<I, O> handler) {
      return on(Action.post(name, path, input, output), handler);
    }

    /** A POST that answers 201 Created; another status is given with {@link Action#status}. */
    public <I extends Record, O extends Record> Builder post(
        String name, String path, Class<I> input, Class<O> output, ValueHandler<I, O> handler) {
      return on(Action.post(name, path, input, output), handler);
    }

    public <I extends Record, O extends Record> Builder put(
        String name, String path, Class<I> input, Class<O> output, ActionHandler<I, O> handler) {
      return on(Action.put(name, path, input, output), handler);
    }

    public <I extends Record, O extends Record> Builder put(
        String name, String path, Class<I> input, Class<O> output, ValueHandler<I, O> handler) {
      return on(Action.put(name, path, input, output), handler);
    }

    public <I extends Record, O extends Record> Builder patch(
        String name, String path, Class<I> input, Class<O> output, ActionHandler<I, O> handler) {
      return on(Action.patch(name, path, input, output), handler);
    }

    public <I extends Record, O extends Record> Builder patch(
        String name, String path, Class<I> input, Class<O> output, ValueHandler<I, O> handler) {
      return on(Action.patch(name, path, input, output), handler);
    }

    public <I extends Record, O extends Record> Builder delete(
        String name, String path, Class<I> input, Class<O> output, ActionHandler<I, O> handler) {
      return on(Action.delete(name, path, input, output), handler);
    }

    public <I extends Record, O extends Record> Builder delete(
        String name, String path, Class<I> input, Class<O> output, ValueHandler<I, O> handler) {
      return on(Action.delete(name, path, input, output), handler);
    }

    /** An action with options, or one that other services call by its constant. */
    public <I extends Record, O extends Record> Builder on(
        Action<I, O> action, ActionHandler<I, O> handler) {
      reached.add(action.descriptor());
      return internal(action, handler);
    }

    /** An action with options, or one that other services call by its constant. */
    public <I extends Record, O extends Record> Builder on(
        Action<I, O> action, ValueHandler<I, O> handler) {
      return on(action, valued(handler));
    }

    /** An action that other services can call and HTTP does not reach. */
    public <I extends Record, O extends Record> Builder internal(
        Action<I, O> action, ActionHandler<I, O> handler) {
      actions.add(new Actions.Bound<>(action, new InputReader<>(action), handler));
      return this;
    }

    /** An action that other services can call and HTTP does not reach. */
    public <I extends Record, O extends Record> Builder internal(
        Action<I, O> action, ValueHandler<I, O> handler) {
      return internal(action, valued(handler));
    }

    private static <I extends Record, O extends Record> ActionHandler<I, O> valued(
        ValueHandler<I, O> handler) {
      return (input, call) -> Outcome.done(handler.handle(input));
    }

    /**
     * Events of one kind, which {@link ServiceContext#publish} publishes. Subscribers know them by
     * the simple name of {@code type}, and may read a record of their own with fewer components.
     *
     * @param key of an event, like the id of the order it tells of: events of equal keys are
     *     handled one after the other, in the order of their commits
     */
    public <E extends Record> Builder publishes(Class<E> type, Function<? super E, ?> key) {
      published.add(new PublishedEvent<>(type, key));
      return this;
    }

    /**
     * Handles events that another service publishes, at least once each: one instance of this
     * service handles them, those of equal keys in the order of their commits. An event whose
     * handler fails, or refuses, is tried again after a growing pause, and events of its key wait;
     * after {@code background.deadline} it is dead. The write that the handler makes with {@link
     * Storage#write(CallContext, Storage.Work)} is done once. The service needs a store.
     *
     * @param source the service that publishes them, like {@code OrderService}
     * @param type a record of the simple name of the event, with as many of its components as the
     *     handler reads
     */
    public <E extends Record> Builder onEvent(
        String source, Class<E> type, ActionHandler<E, NoContent> handler) {
      EventSubscription subscription = new EventSubscription(source, PublishedEvent.nameOf(type));
      subscriptions.add(subscription);
      return internal(Action.put(subscription.action(), "/events", type, NoContent.class), handler);
    }

    /**
     * A readiness check of the service's own, beside that of its store: called before the service
     * gets requests, and every {@code check-interval} after that, on a thread that may block. While
     * it fails, the process is unhealthy; it is not restarted.
     */
    public Builder check(ReadinessCheck check) {
      checks.add(check);
      return this;
    }

    /**
     * @throws IllegalArgumentException when the actions contradict each other, with all reasons
     */
    public ServiceDefinition build() {
      DefinitionProblems.refuse(
          service,
          actions.stream().<Action<?, ?>>map(Actions.Bound::action).toList(),
          reached,
          published);
      return new ServiceDefinition(
          new ServiceDescriptor(service, version, reached),
          actions,
          checks,
          published,
          subscriptions);
    }
  }
}
