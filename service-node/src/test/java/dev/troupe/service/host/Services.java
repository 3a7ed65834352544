package dev.troupe.service.host;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.RequestLog;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
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
    static final ServiceDescriptor DESCRIPTOR =
        new ServiceDescriptor("Greeter", "1.2", List.of(GREET.descriptor()));

    @Override
    public ServiceDefinition define(ServiceContext context) {
      return ServiceDefinition.named("Greeter")
          .version("1.2")
          .on(
              GREET,
              (name, call) ->
                  name.name().equals("other")
                      ? context.call("Other", GREET, name, call)
                      : Outcome.done(new Greeting("Hello, " + name.name())))
          .build();
    }
  }

  /** Says on which thread it works, and on which it goes on after it has called another. */
  public static final class Threads implements Service {
    @Override
    public ServiceDefinition define(ServiceContext context) {
      return ServiceDefinition.named("Threads")
          .on(
              GREET,
              (name, call) -> {
                String first = Thread.currentThread().getName();
                return context
                    .call("Other", GREET, name, call)
                    .map(greeting -> new Greeting(first + ", " + Thread.currentThread().getName()));
              })
          .build();
    }
  }

  /** Says for which request it works: at first, after a call of another, and on another thread. */
  public static final class Logging implements Service {
    @Override
    public ServiceDefinition define(ServiceContext context) {
      return ServiceDefinition.named("Logging")
          .on(
              GREET,
              (name, call) -> {
                String first = RequestLog.current();
                return context
                    .call("Other", GREET, name, call)
                    .map(answer -> new Greeting(first + ", " + RequestLog.current()))
                    .flatMap(
                        greeting ->
                            OutcomeStage.ofValue(
                                CompletableFuture.supplyAsync(
                                    () ->
                                        new Greeting(
                                            greeting.greeting() + ", " + RequestLog.current()),
                                    context.blocking())));
              })
          .build();
    }
  }

  /** Throws at each request: an exception, or the error that the request names. */
  public static final class Fragile implements Service {
    @Override
    public ServiceDefinition define(ServiceContext context) {
      return ServiceDefinition.named("Fragile")
          .on(
              GREET,
              name -> {
                switch (name.name()) {
                  case "link" -> throw new NoClassDefFoundError("com/example/Missing");
                  case "assert" -> throw new AssertionError("fragile");
                  default -> throw new IOException("fragile");
                }
              })
          .build();
    }
  }

  /** Has an actor of its own, which fails at its first message and counts those that follow. */
  public static final class Counting implements Service {
    private final AtomicInteger starts = new AtomicInteger();

    private record Ask(String name, CompletableFuture<Greeting> answer) {}

    @Override
    public ServiceDefinition define(ServiceContext context) {
      ActorRef<Ask> actor = context.spawn(Behaviors.setup(self -> counter()), "counter");
      return ServiceDefinition.named("Counting")
          .on(
              GREET,
              (name, call) -> {
                CompletableFuture<Greeting> answer = new CompletableFuture<>();
                actor.tell(new Ask(name.name(), answer));
                return OutcomeStage.ofValue(answer);
              })
          .build();
    }

    private Behavior<Ask> counter() {
      int start = starts.incrementAndGet();
      return Behaviors.receiveMessage(
          ask -> {
            ask.answer().complete(new Greeting(ask.name() + " after start " + start));
            throw new AssertionError("fails at each message");
          });
    }
  }

  /** Opens two stores. */
  public static final class Greedy implements Service {
    @Override
    public ServiceDefinition define(ServiceContext context) throws Exception {
      context.storage("db/user");
      context.storage("db/order");
      throw new IllegalStateException("two stores are open");
    }
  }

  /** Throws when created. */
  public static final class Lacking implements Service {
    @Override
    public ServiceDefinition define(ServiceContext context) {
      throw new NoClassDefFoundError("com/example/Missing");
    }
  }

  public static final class Throwing implements Service {
    public Throwing() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public ServiceDefinition define(ServiceContext context) {
      throw new IllegalStateException();
    }
  }

  /** Has no constructor that anybody could call. */
  public static final class Closed implements Service {
    private Closed() {}

    @Override
    public ServiceDefinition define(ServiceContext context) {
      throw new IllegalStateException();
    }
  }
}
