package dev.troupe.service.user;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Actions;
import dev.troupe.protocol.service.Check;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.page.Paging;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** Creates users and finds them. */
public final class UserService implements Service {
  public static final String NAME = "UserService";

  static final Action<CreateUser, UserCreated> CREATE =
      Action.post("create_user", "/users", CreateUser.class, UserCreated.class);

  /** Answers {@link ReplyStatus#NOT_FOUND} when there is no such user. */
  public static final Action<GetUser, UserFound> GET =
      Action.get("get_user", "/users/{user_id}", GetUser.class, UserFound.class);

  static final Action<ListUsers, UsersListed> LIST =
      Action.get("list_users", "/users", ListUsers.class, UsersListed.class);

  private volatile @Nullable Storage storage;

  /** A new user: a name of 1 to 100 characters that no other has, and an address. */
  record CreateUser(String username, String email) {
    CreateUser {
      Check.text("username", username, 100);
      Check.text("email", email, 254);
      int at = email.indexOf('@');
      if (at < 1 || at == email.length() - 1) {
        throw InvalidInputException.refused(
            "email is not an address (expected: something like name@example.org)");
      }
    }
  }

  record UserCreated(String message, User user) {}

  public record GetUser(long userId) {}

  public record UserFound(User user) {}

  record ListUsers(@Nullable Integer limit, @Nullable Long after) {}

  /**
   * @param count of the users on this page
   * @param next what to give as {@code after} to get the next page, if there is one
   */
  record UsersListed(List<User> users, int count, @Nullable Long next) {}

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named(NAME).action(CREATE).action(GET).action(LIST).build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) throws Exception {
    Paging paging = Paging.from(context.settings());
    Storage opened = context.storage("db/user");
    storage = opened;
    UserHandlers handlers = new UserHandlers(opened, paging);
    return Actions.of(describe())
        .on(CREATE, handlers::create)
        .on(GET, handlers::get)
        .on(LIST, handlers::list)
        .behavior();
  }

  @Override
  public void check() throws Exception {
    Objects.requireNonNull(storage, "the store is not open").check();
  }
}
