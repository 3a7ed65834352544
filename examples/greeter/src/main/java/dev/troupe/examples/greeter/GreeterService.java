package dev.troupe.examples.greeter;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Storage;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Greets people, and remembers how often it greeted each of them. */
public final class GreeterService implements Service {
  /** What a client sends. */
  public record Greet(@NotBlank @Size(max = 50) String name) {}

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
    Handlers handlers = new Handlers(context, context.storage("db/greeter"), salutation);
    String byUser = "/greetings/users/{user_id}";
    return ServiceDefinition.named("GreeterService")
        .version("1.0")
        .post("greet", "/greetings", Greet.class, Greeting.class, handlers::greet)
        .get("get_greeting", "/greetings/{name}", GetGreeting.class, Greeting.class, handlers::get)
        .post("greet_user", byUser, GreetUser.class, Greeting.class, handlers::greetUser)
        .build();
  }

  private record Handlers(ServiceContext context, Storage storage, String salutation) {
    OutcomeStage<Greeting> greet(Greet greet, CallContext call) {
      return greeted(greet.name(), call);
    }

    OutcomeStage<Greeting> greetUser(GreetUser greet, CallContext call) {
      return context
          .call("UserService", GET_USER, greet, call)
          .flatMap(found -> greeted(found.user().username(), call));
    }

    private OutcomeStage<Greeting> greeted(String name, CallContext call) {
      String upsert =
          "INSERT INTO greeting (name, times) VALUES (?, 1) ON CONFLICT (name) DO UPDATE"
              + " SET times = greeting.times + 1 RETURNING name, times";
      return storage.write(call, sql -> Outcome.done(sql.one(this::greeting, upsert, name)));
    }

    OutcomeStage<Greeting> get(GetGreeting get, CallContext call) {
      String select = "SELECT name, times FROM greeting WHERE name = ?";
      String unknown = "nobody has greeted " + get.name() + " yet";
      return storage.read(
          call, sql -> Outcome.found(sql.find(this::greeting, select, get.name()), unknown));
    }

    private Greeting greeting(ResultSet row) throws SQLException {
      return new Greeting(salutation + ", " + row.getString("name") + "!", row.getLong("times"));
    }
  }
}
