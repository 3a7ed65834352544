package dev.troupe.service.user;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Call;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.page.Paging;
import dev.troupe.service.user.UserService.CreateUser;
import dev.troupe.service.user.UserService.GetUser;
import dev.troupe.service.user.UserService.ListUsers;
import dev.troupe.service.user.UserService.UserCreated;
import dev.troupe.service.user.UserService.UserFound;
import dev.troupe.service.user.UserService.UsersListed;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Does the actions of {@link UserService}. */
final class UserHandlers {
  private final Storage storage;
  private final Paging paging;

  UserHandlers(Storage storage, Paging paging) {
    this.storage = storage;
    this.paging = paging;
  }

  CompletionStage<Outcome<UserCreated>> create(CreateUser input, Call call) {
    return storage.write(
        call,
        connection ->
            created(
                input.username(),
                UserRepository.insert(connection, input.username(), input.email())));
  }

  private static Outcome<UserCreated> created(String username, Optional<User> user) {
    if (user.isEmpty()) {
      return Outcome.refused(
          ReplyStatus.CONFLICT, "username '" + username + "' is taken: choose another one");
    }
    return Outcome.done(new UserCreated("User created successfully", user.get()));
  }

  CompletionStage<Outcome<UserFound>> get(GetUser input, Call call) {
    return storage
        .read(connection -> UserRepository.find(connection, input.userId()))
        .thenApply(
            user ->
                Outcome.found(user.map(UserFound::new), "User " + input.userId() + " not found"));
  }

  CompletionStage<Outcome<UsersListed>> list(ListUsers input, Call call) {
    Paging.Request page = paging.request(input.limit(), input.after());
    return storage
        .read(connection -> UserRepository.list(connection, page))
        .thenApply(
            users ->
                Outcome.done(new UsersListed(users.items(), users.items().size(), users.next())));
  }
}
