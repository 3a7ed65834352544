package dev.troupe.service.user;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Check;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.text.EmailAddress;
import dev.troupe.service.text.Username;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates users, finds them, changes and deletes them. */
public final class UserService implements Service {
  public static final String NAME = "UserService";

  private static final String BLANK_NAME = "is blank (expected: 1 to 100 characters)";
  private static final String USERS = "/users";
  private static final String USER = USERS + "/{user_id}";

  /** Answers {@link ReplyStatus#NOT_FOUND} when there is no such user. */
  public static final Action<GetUser, UserFound> GET =
      Action.get("get_user", USER, GetUser.class, UserFound.class)
          .etag(found -> found.user().version());

  /** A new user: a name of 1 to 100 characters that no other has, and an address. */
  record CreateUser(
      @NotBlank(message = BLANK_NAME) String username,
      @NotBlank @Size(max = 254) @Email String email) {
    CreateUser {
      username = checkedUsername(username);
      checkEmail(email);
    }
  }

  record ReplaceUser(
      long userId,
      @NotBlank(message = BLANK_NAME) String username,
      @NotBlank @Size(max = 254) @Email String email) {
    ReplaceUser {
      username = checkedUsername(username);
      checkEmail(email);
    }
  }

  /** What is not given stays as it is. */
  record ChangeUser(
      long userId,
      @Nullable @NotBlank(message = BLANK_NAME) String username,
      @Nullable @NotBlank @Size(max = 254) @Email String email) {
    ChangeUser {
      if (username != null) {
        username = checkedUsername(username);
      }
      if (email != null) {
        checkEmail(email);
      }
    }
  }

  // The limit is that of the name as it is stored, which is shorter than what a client may write.
  private static String checkedUsername(String username) {
    return Check.text("username", Username.of(username), 100);
  }

  // @Email is content with addresses that no mail system would take.
  private static void checkEmail(String email) {
    if (EmailAddress.parse(email).isEmpty()) {
      throw InvalidInputException.refused(
          "email", "email", "email is not an address (expected: one like name@example.org)");
    }
  }

  /** The user as it is now, or as it was when it was deleted. */
  record UserWritten(String message, User user) {}

  public record GetUser(long userId) {}

  public record UserFound(User user) {}

  record ListUsers(@Nullable Integer limit, @Nullable Long after) {}

  /**
   * @param count of the users on this page
   * @param next what to give as {@code after} to get the next page, if there is one
   */
  record UsersListed(List<User> users, int count, @Nullable Long next) {}

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    Paging paging = Paging.from(context.settings());
    Storage storage = context.storage("db/user");
    return ServiceDefinition.named(NAME)
        .on(
            Action.post("create_user", USERS, CreateUser.class, UserWritten.class)
                .location(GET, created -> created.user().id())
                .etag(created -> created.user().version()),
            (input, call) -> storage.write(call, sql -> created(sql, input)))
        .on(
            GET,
            (input, call) ->
                storage.read(call, sql -> user(sql, input.userId()).map(UserFound::new)))
        .on(
            Action.get("list_users", USERS, ListUsers.class, UsersListed.class)
                .paged(UsersListed::next),
            (input, call) -> {
              Paging.Request page = paging.request(input.limit(), input.after());
              return storage.read(call, sql -> UserRepository.list(sql, page).to(UsersListed::new));
            })
        .on(
            Action.put("replace_user", USER, ReplaceUser.class, UserWritten.class)
                .etag(updated -> updated.user().version())
                .conditional(),
            (input, call) -> update(storage, call, input.userId(), input.username(), input.email()))
        .on(
            Action.patch("change_user", USER, ChangeUser.class, UserWritten.class)
                .etag(updated -> updated.user().version())
                .conditional(),
            (input, call) -> update(storage, call, input.userId(), input.username(), input.email()))
        // Orders of the user stay, with its id, which no other user gets.
        .on(
            Action.delete("delete_user", USER, GetUser.class, UserWritten.class).conditional(),
            (input, call) ->
                storage.write(
                    call,
                    sql -> user(sql, input.userId()).flatMap(user -> deleted(sql, call, user))))
        .build();
  }

  private static Outcome<UserWritten> created(Sql sql, CreateUser input) throws SQLException {
    return UserRepository.insert(sql, input.username(), input.email())
        .map(user -> written("created", user))
        .orElseGet(() -> taken(input.username()));
  }

  private static Outcome<User> user(Sql sql, long id) throws SQLException {
    return Outcome.found(UserRepository.find(sql, id), "User " + id + " not found");
  }

  private static OutcomeStage<UserWritten> update(
      Storage storage, CallContext call, long id, @Nullable String name, @Nullable String email) {
    return storage.write(
        call,
        sql -> user(sql, id).flatMap(user -> updated(sql, call, user, user.with(name, email))));
  }

  private static Outcome<UserWritten> updated(Sql sql, CallContext call, User user, User wanted)
      throws SQLException {
    // A repeated update finds this too, in another version than the one it names: the first one
    // has succeeded, and so does the repetition (RFC 9110, 13.1.1).
    if (wanted.equals(user)) {
      return written("updated", user);
    }
    if (!call.condition().isMetBy(user.version())) {
      return Outcome.changed("User " + user.id(), user.version());
    }
    return UserRepository.isTaken(sql, wanted.username(), user.id())
        ? taken(wanted.username())
        : written("updated", UserRepository.update(sql, wanted));
  }

  private static Outcome<UserWritten> deleted(Sql sql, CallContext call, User user)
      throws SQLException {
    if (!call.condition().isMetBy(user.version())) {
      return Outcome.changed("User " + user.id(), user.version());
    }
    UserRepository.delete(sql, user.id());
    return written("deleted", user);
  }

  private static Outcome<UserWritten> written(String what, User user) {
    return Outcome.done(new UserWritten("User " + what + " successfully", user));
  }

  private static Outcome<UserWritten> taken(String username) {
    return Outcome.refused(
        ReplyStatus.CONFLICT, "username '" + username + "' is taken: choose another one");
  }
}
