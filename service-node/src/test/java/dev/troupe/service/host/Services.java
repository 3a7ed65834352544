package dev.troupe.service.host;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Actions;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Services that work, and that do not. */
public final class Services {
  private Services() {}

  record Name(String name) {}

  record Greeting(String greeting) {}

  static final Action<Name, Greeting> GREET =
      Action.get("greet", "/greetings/{name}", Name.class, Greeting.class);

  /** Says hello, and asks another service who it is. */
  public static final class Greeter implements Service {
    @Override
    public ServiceDescriptor describe() {
      return ServiceDescriptor.named("Greeter").version("1.2").action(GREET).build();
    }

    @Override
    public Behavior<ServiceRequest> behavior(ServiceContext context) {
      return Actions.of(describe())
          .on(GREET, (name, call) -> greet(context, name, call))
          .behavior();
    }

    private static CompletionStage<? extends Outcome<Greeting>> greet(
        ServiceContext context, Name name, CallContext call) {
      if (name.name().equals("other")) {
        return context.call("Other", GREET, name, call);
      }
      return CompletableFuture.completedStage(Outcome.done(new Greeting("Hello, " + name.name())));
    }
  }

  /** Says on which thread it works, and on which it goes on after it has called another. */
  public static final class Threads implements Service {
    @Override
    public ServiceDescriptor describe() {
      return ServiceDescriptor.named("Threads").action(GREET).build();
    }

    @Override
    public Behavior<ServiceRequest> behavior(ServiceContext context) {
      return Actions.of(describe())
          .on(
              GREET,
              (name, call) -> {
                String first = Thread.currentThread().getName();
                return context
                    .call("Other", GREET, name, call)
                    .thenApply(
                        answer ->
                            Outcome.done(
                                new Greeting(first + ", " + Thread.currentThread().getName())));
              })
          .behavior();
    }
  }

  /** Fails at a request named {@code fail}, stops at one named {@code stop}. */
  public static final class Fragile implements Service {
    @Override
    public ServiceDescriptor describe() {
      return ServiceDescriptor.named("Fragile").build();
    }

    @Override
    public Behavior<ServiceRequest> behavior(ServiceContext context) {
      return Behaviors.receiveMessage(
          request -> {
            if (request.action().equals("stop")) {
              return Behaviors.stopped();
            }
            if (request.action().equals("link")) {
              throw new NoClassDefFoundError("com/example/Missing");
            }
            if (request.action().equals("assert")) {
              throw new AssertionError("fragile");
            }
            throw new IllegalStateException("fragile");
          });
    }
  }

  /** Throws when created. */
  public static final class Lacking implements Service {
    @Override
    public ServiceDescriptor describe() {
      return ServiceDescriptor.named("Lacking").action(GREET).build();
    }

    @Override
    public Behavior<ServiceRequest> behavior(ServiceContext context) {
      throw new NoClassDefFoundError("com/example/Missing");
    }
  }

  public static final class Throwing implements Service {
    public Throwing() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public ServiceDescriptor describe() {
      throw new IllegalStateException();
    }

    @Override
    public Behavior<ServiceRequest> behavior(ServiceContext context) {
      throw new IllegalStateException();
    }
  }

  /** Has no constructor that anybody could call. */
  public static final class Closed implements Service {
    private Closed() {}

    @Override
    public ServiceDescriptor describe() {
      throw new IllegalStateException();
    }

    @Override
    public Behavior<ServiceRequest> behavior(ServiceContext context) {
      throw new IllegalStateException();
    }
  }
}
