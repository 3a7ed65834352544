package dev.troupe.examples.greeter;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Actions;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Check;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.service.Storage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** Greets people, and remembers how often it greeted each of them. */
public final class GreeterService implements Service {
  /** What a client sends. */
  public record Greet(String name) {
    public Greet {
      Check.text("name", name, 50);
    }
  }

  /** What a client gets. */
  public record Greeting(String message, long times) {}

  /** The name comes from the path. */
  public record GetGreeting(String name) {}

  /** As much of UserService's answer as is read here. */
  public record UserFound(User user) {
    /** A user of the reference UserService. */
    public record User(long id, String username) {}
  }

  /** The user to greet, by id. */
  public record GreetUser(long userId) {}

  private static final Action<Greet, Greeting> GREET =
      Action.post("greet", "/greetings", Greet.class, Greeting.class);
  private static final Action<GetGreeting, Greeting> GET_GREETING =
      Action.get("get_greeting", "/greetings/{name}", GetGreeting.class, Greeting.class);
  private static final Action<GreetUser, Greeting> GREET_USER =
      Action.post("greet_user", "/greetings/users/{user_id}", GreetUser.class, Greeting.class);
  private static final Action<GreetUser, UserFound> GET_USER =
      Action.get("get_user", "/users/{user_id}", GreetUser.class, UserFound.class);

  private @Nullable Storage storage;
  private String salutation = "";

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("GreeterService")
        .version("1.0")
        .action(GREET)
        .action(GET_GREETING)
        .action(GREET_USER)
        .build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) throws Exception {
    Storage opened = context.storage("db/greeter");
    storage = opened;
    salutation = context.settings().getString("salutation");
    return Actions.of(describe())
        .on(GREET, (greet, call) -> greet(opened, greet.name(), call))
        .on(GET_GREETING, (get, call) -> opened.read(connection -> find(connection, get.name())))
        .on(GREET_USER, (greet, call) -> greetUser(context, opened, greet, call))
        .behavior();
  }

  @Override
  public void check() throws SQLException {
    if (storage != null) {
      storage.check();
    }
  }

  private CompletionStage<Outcome<Greeting>> greetUser(
      ServiceContext context, Storage opened, GreetUser greet, CallContext call) {
    return context
        .call("UserService", GET_USER, greet, call)
        .thenCompose(
            found -> {
              if (found instanceof Outcome.Refused<UserFound> refused) {
                return refused.<Greeting>retyped().now();
              }
              UserFound user = ((Outcome.Done<UserFound>) found).value();
              return greet(opened, user.user().username(), call);
            });
  }

  private CompletionStage<Outcome<Greeting>> greet(Storage opened, String name, CallContext call) {
    return opened.write(
        call,
        connection -> {
          try (PreparedStatement upsert =
              connection.prepareStatement(
                  "INSERT INTO greeting (name, times) VALUES (?, 1) ON CONFLICT (name) DO UPDATE"
                      + " SET times = greeting.times + 1 RETURNING times")) {
            upsert.setString(1, name);
            try (ResultSet row = upsert.executeQuery()) {
              row.next();
              return Outcome.done(new Greeting(salutation + ", " + name + "!", row.getLong(1)));
            }
          }
        });
  }

  private Outcome<Greeting> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT times FROM greeting WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Outcome.done(new Greeting(salutation + ", " + name + "!", row.getLong(1)))
            : Outcome.refused(ReplyStatus.NOT_FOUND, "nobody has greeted " + name + " yet");
      }
    }
  }
}
