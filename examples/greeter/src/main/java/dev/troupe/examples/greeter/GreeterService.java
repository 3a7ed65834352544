package dev.troupe.examples.greeter;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Check;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import java.sql.SQLException;

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

  /** The user to greet, by id. */
  public record GreetUser(long userId) {}

  /** As much of UserService's answer as is read here. */
  public record UserFound(User user) {
    /** A user of the reference UserService. */
    public record User(String username) {}
  }

  private static final Action<GreetUser, UserFound> GET_USER =
      Action.get("get_user", "/users/{user_id}", GreetUser.class, UserFound.class);

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    String salutation = context.settings().getString("salutation");
    Storage storage = context.storage("db/greeter");
    return ServiceDefinition.named("GreeterService")
        .version("1.0")
        .post(
            "greet",
            "/greetings",
            Greet.class,
            Greeting.class,
            (greet, call) -> storage.write(call, sql -> greet(sql, salutation, greet.name())))
        .get(
            "get_greeting",
            "/greetings/{name}",
            GetGreeting.class,
            Greeting.class,
            (get, call) -> storage.read(call, sql -> find(sql, salutation, get.name())))
        .post(
            "greet_user",
            "/greetings/users/{user_id}",
            GreetUser.class,
            Greeting.class,
            (greet, call) ->
                context
                    .call("UserService", GET_USER, greet, call)
                    .map(found -> found.user().username())
                    .flatMap(name -> storage.write(call, sql -> greet(sql, salutation, name))))
        .build();
  }

  private static Outcome<Greeting> greet(Sql sql, String salutation, String name)
      throws SQLException {
    return Outcome.done(
        sql.one(
            row -> new Greeting(salutation + ", " + name + "!", row.getLong("times")),
            "INSERT INTO greeting (name, times) VALUES (?, 1) ON CONFLICT (name) DO UPDATE"
                + " SET times = greeting.times + 1 RETURNING times",
            name));
  }

  private static Outcome<Greeting> find(Sql sql, String salutation, String name)
      throws SQLException {
    return Outcome.found(
        sql.find(
            row -> new Greeting(salutation + ", " + name + "!", row.getLong("times")),
            "SELECT times FROM greeting WHERE name = ?",
            name),
        "nobody has greeted " + name + " yet");
  }
}
