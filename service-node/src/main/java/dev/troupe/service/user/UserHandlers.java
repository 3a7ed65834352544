package dev.troupe.service.user;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.page.Paging;
import dev.troupe.service.user.UserService.ChangeUser;
import dev.troupe.service.user.UserService.CreateUser;
import dev.troupe.service.user.UserService.DeleteUser;
import dev.troupe.service.user.UserService.GetUser;
import dev.troupe.service.user.UserService.ListUsers;
import dev.troupe.service.user.UserService.ReplaceUser;
import dev.troupe.service.user.UserService.UserCreated;
import dev.troupe.service.user.UserService.UserDeleted;
import dev.troupe.service.user.UserService.UserFound;
import dev.troupe.service.user.UserService.UserUpdated;
import dev.troupe.service.user.UserService.UsersListed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The handlers of {@link UserService}. */
final class UserHandlers {
  private final Storage storage;
  private final Paging paging;

  UserHandlers(Storage storage, Paging paging) {
    this.storage = storage;
    this.paging = paging;
  }

  CompletionStage<Outcome<UserCreated>> create(CreateUser input, CallContext call) {
    return storage.write(
        call,
        connection ->
            created(
                input.username(),
                UserRepository.insert(connection, input.username(), input.email())));
  }

  private static Outcome<UserCreated> created(String username, Optional<User> user) {
    if (user.isEmpty()) {
      return taken(username);
    }
    return Outcome.done(new UserCreated("User created successfully", user.get()));
  }

  CompletionStage<Outcome<UserFound>> get(GetUser input, CallContext call) {
    return storage
        .read(connection -> UserRepository.find(connection, input.userId()))
        .thenApply(
            user -> Outcome.found(user.map(UserFound::new), named(input.userId()) + " not found"));
  }

  CompletionStage<Outcome<UserUpdated>> replace(ReplaceUser input, CallContext call) {
    return storage.write(
        call, connection -> updated(connection, call, input.userId(), input::appliedTo));
  }

  CompletionStage<Outcome<UserUpdated>> change(ChangeUser input, CallContext call) {
    return storage.write(
        call, connection -> updated(connection, call, input.userId(), input::appliedTo));
  }

  private static Outcome<UserUpdated> updated(
      Connection connection, CallContext call, long id, UnaryOperator<User> change)
      throws SQLException {
    Optional<User> found = UserRepository.find(connection, id);
    if (found.isEmpty()) {
      return notFound(id);
    }
    User user = found.get();
    User wanted = change.apply(user);
    // A repeated update finds this too, in another version than the one it names: the first one
    // has succeeded, and so does the repetition (RFC 9110, 13.1.1).
    if (wanted.equals(user)) {
      return updated(user);
    }
    if (!call.condition().isMetBy(user.version())) {
      return Outcome.changed(named(id), user.version());
    }
    if (UserRepository.isTaken(connection, wanted.username(), id)) {
      return taken(wanted.username());
    }
    return updated(UserRepository.update(connection, wanted));
  }

  private static Outcome<UserUpdated> updated(User user) {
    return Outcome.done(new UserUpdated("User updated successfully", user));
  }

  CompletionStage<Outcome<UserDeleted>> delete(DeleteUser input, CallContext call) {
    return storage.write(call, connection -> deleted(connection, call, input.userId()));
  }

  private static Outcome<UserDeleted> deleted(Connection connection, CallContext call, long id)
      throws SQLException {
    Optional<User> found = UserRepository.find(connection, id);
    if (found.isEmpty()) {
      return notFound(id);
    }
    long version = found.get().version();
    if (!call.condition().isMetBy(version)) {
      return Outcome.changed(named(id), version);
    }
    UserRepository.delete(connection, id);
    return Outcome.done(new UserDeleted("User deleted successfully", found.get()));
  }

  CompletionStage<Outcome<UsersListed>> list(ListUsers input, CallContext call) {
    Paging.Request page = paging.request(input.limit(), input.after());
    return storage
        .read(connection -> UserRepository.list(connection, page))
        .thenApply(
            users ->
                Outcome.done(new UsersListed(users.items(), users.items().size(), users.next())));
  }

  private static <T> Outcome<T> taken(String username) {
    return Outcome.refused(
        ReplyStatus.CONFLICT, "username '" + username + "' is taken: choose another one");
  }

  private static <T> Outcome<T> notFound(long id) {
    return Outcome.refused(ReplyStatus.NOT_FOUND, named(id) + " not found");
  }

  private static String named(long id) {
    return "User " + id;
  }
}
