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
import dev.troupe.service.text.EmailAddress;
import dev.troupe.service.text.Username;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** Creates users, finds them, changes and deletes them. */
public final class UserService implements Service {
  public static final String NAME = "UserService";

  private static final String USERS = "/users";
  private static final String USER = USERS + "/{user_id}";

  /** Answers {@link ReplyStatus#NOT_FOUND} when there is no such user. */
  public static final Action<GetUser, UserFound> GET =
      Action.get("get_user", USER, GetUser.class, UserFound.class)
          .etag(found -> found.user().version());

  static final Action<CreateUser, UserCreated> CREATE =
      Action.post("create_user", USERS, CreateUser.class, UserCreated.class)
          .location(GET, created -> created.user().id())
          .etag(created -> created.user().version());

  static final Action<ReplaceUser, UserUpdated> REPLACE =
      Action.put("replace_user", USER, ReplaceUser.class, UserUpdated.class)
          .etag(updated -> updated.user().version())
          .conditional();

  static final Action<ChangeUser, UserUpdated> CHANGE =
      Action.patch("change_user", USER, ChangeUser.class, UserUpdated.class)
          .etag(updated -> updated.user().version())
          .conditional();

  /** Orders of the user stay, with its id, which no other user gets. */
  static final Action<DeleteUser, UserDeleted> DELETE =
      Action.delete("delete_user", USER, DeleteUser.class, UserDeleted.class).conditional();

  static final Action<ListUsers, UsersListed> LIST =
      Action.get("list_users", USERS, ListUsers.class, UsersListed.class).paged(UsersListed::next);

  private volatile @Nullable Storage storage;

  /** A new user: a name of 1 to 100 characters that no other has, and an address. */
  record CreateUser(String username, String email) {
    CreateUser {
      username = checkedUsername(username);
      checkEmail(email);
    }
  }

  record ReplaceUser(long userId, String username, String email) {
    ReplaceUser {
      username = checkedUsername(username);
      checkEmail(email);
    }

    User appliedTo(User user) {
      return user.with(username, email);
    }
  }

  /** What is not given stays as it is. */
  record ChangeUser(long userId, @Nullable String username, @Nullable String email) {
    ChangeUser {
      if (username != null) {
        username = checkedUsername(username);
      }
      if (email != null) {
        checkEmail(email);
      }
    }

    User appliedTo(User user) {
      return user.with(
          username == null ? user.username() : username, email == null ? user.email() : email);
    }
  }

  record DeleteUser(long userId) {}

  private static String checkedUsername(String username) {
    return Check.text("username", Username.of(username), 100);
  }

  private static void checkEmail(String email) {
    Check.text("email", email, 254);
    if (EmailAddress.parse(email).isEmpty()) {
      throw InvalidInputException.refused(
          "email is not an address (expected: one like name@example.org)");
    }
  }

  record UserCreated(String message, User user) {}

  record UserUpdated(String message, User user) {}

  /**
   * @param user as it was
   */
  record UserDeleted(String message, User user) {}

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
    return ServiceDescriptor.named(NAME)
        .action(CREATE)
        .action(GET)
        .action(LIST)
        .action(REPLACE)
        .action(CHANGE)
        .action(DELETE)
        .build();
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
        .on(REPLACE, handlers::replace)
        .on(CHANGE, handlers::change)
        .on(DELETE, handlers::delete)
        .behavior();
  }

  @Override
  public void check() throws Exception {
    Objects.requireNonNull(storage, "the store is not open").check();
  }
}
