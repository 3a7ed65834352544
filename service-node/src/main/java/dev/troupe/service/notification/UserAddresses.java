package dev.troupe.service.notification;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.service.notification.channel.Recipients;
import dev.troupe.service.user.UserService;
import dev.troupe.service.user.UserService.GetUser;
import java.time.Duration;

/** Gets the addresses of users from UserService. */
final class UserAddresses implements Recipients {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ServiceContext context;

  UserAddresses(ServiceContext context) {
    this.context = context;
  }

  @Override
  public Answer find(long userId) {
    Outcome<Answer> answer =
        context
            .call(
                UserService.NAME,
                UserService.GET,
                new GetUser(userId),
                CallContext.within(PATIENCE))
            .<Answer>map(found -> new Answer.Found(found.user().email()))
            .onRefused(refused -> Outcome.done(unfound(userId, refused)))
            .stage()
            .toCompletableFuture()
            .join();
    if (answer instanceof Outcome.Done<Answer> done) {
      return done.value();
    }
    throw new IllegalStateException("a call of another service has no key and is never repeated");
  }

  private static Answer unfound(long userId, Outcome.Refused<Answer> refused) {
    return refused.status() == ReplyStatus.NOT_FOUND
        ? Answer.Gone.INSTANCE
        : new Answer.Unknown(
            "%s could not tell the address of user %d: %s"
                .formatted(UserService.NAME, userId, refused.message()));
  }
}
