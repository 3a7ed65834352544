package dev.troupe.service.notification;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.notification.NotificationRepository.Filter;
import dev.troupe.service.notification.NotificationRepository.New;
import dev.troupe.service.notification.NotificationService.EnqueueNotifications;
import dev.troupe.service.notification.NotificationService.GetNotification;
import dev.troupe.service.notification.NotificationService.ListNotifications;
import dev.troupe.service.notification.NotificationService.NotificationFound;
import dev.troupe.service.notification.NotificationService.NotificationQueued;
import dev.troupe.service.notification.NotificationService.NotificationsEnqueued;
import dev.troupe.service.notification.NotificationService.NotificationsListed;
import dev.troupe.service.notification.NotificationService.RetryNotification;
import dev.troupe.service.notification.NotificationService.SendNotification;
import dev.troupe.service.page.Paging;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The handlers of {@link NotificationService}. */
final class NotificationHandlers {
  private final Storage storage;
  private final NotificationSettings settings;
  private final DeliveryActors deliveries;

  NotificationHandlers(Storage storage, NotificationSettings settings, DeliveryActors deliveries) {
    this.storage = storage;
    this.settings = settings;
    this.deliveries = deliveries;
  }

  CompletionStage<Outcome<NotificationQueued>> send(SendNotification input, CallContext call) {
    String type = Objects.requireNonNull(input.type());
    New added = added(input.userId(), type, input.message(), null);
    return storage
        .write(call, connection -> queued(NotificationRepository.insert(connection, added)))
        .thenApply(this::woken);
  }

  private New added(long userId, String type, String message, @Nullable String source) {
    Instant now = Instant.now();
    return new New(
        userId,
        type,
        settings.channelOf(type),
        message,
        now,
        now.plus(settings.policy().deadline()),
        source);
  }

  private static Outcome<NotificationQueued> queued(Notification notification) {
    return Outcome.done(
        new NotificationQueued("Notification queued", notification.userId(), notification));
  }

  private Outcome<NotificationQueued> woken(Outcome<NotificationQueued> outcome) {
    if (outcome instanceof Outcome.Done<NotificationQueued> done) {
      deliveries.wake(done.value().notification().channel());
    }
    return outcome;
  }

  CompletionStage<Outcome<NotificationsEnqueued>> enqueue(
      EnqueueNotifications input, CallContext call) {
    String type = NotificationService.DEFAULT_TYPE;
    List<New> all =
        input.notifications().stream()
            .map(sourced -> added(sourced.userId(), type, sourced.message(), sourced.source()))
            .toList();
    return storage
        .write(
            connection -> {
              NotificationRepository.insertOnce(connection, all);
              return all.size();
            })
        .thenApply(
            count -> {
              deliveries.wake(settings.channelOf(type));
              return Outcome.done(new NotificationsEnqueued(count));
            });
  }

  CompletionStage<Outcome<NotificationQueued>> retry(RetryNotification input, CallContext call) {
    return storage
        .write(call, connection -> revived(connection, input.notificationId()))
        .thenApply(this::woken);
  }

  private Outcome<NotificationQueued> revived(Connection connection, long id) throws SQLException {
    Instant now = Instant.now();
    Optional<Notification> revived =
        NotificationRepository.revive(connection, id, now, now.plus(settings.policy().deadline()));
    if (revived.isPresent()) {
      return queued(revived.get());
    }
    return NotificationRepository.find(connection, id)
        .<Outcome<NotificationQueued>>map(
            found ->
                Outcome.refused(
                    ReplyStatus.CONFLICT,
                    "Notification %d is %s (expected: dead; others need no retry)"
                        .formatted(id, found.state())))
        .orElseGet(() -> Outcome.refused(ReplyStatus.NOT_FOUND, notFound(id)));
  }

  CompletionStage<Outcome<NotificationFound>> get(GetNotification input, CallContext call) {
    return storage
        .read(connection -> NotificationRepository.find(connection, input.notificationId()))
        .thenApply(
            notification ->
                Outcome.found(
                    notification.map(NotificationFound::new), notFound(input.notificationId())));
  }

  private static String notFound(long id) {
    return "Notification " + id + " not found";
  }

  CompletionStage<Outcome<NotificationsListed>> list(ListNotifications input, CallContext call) {
    Paging.Request page = settings.paging().request(input.limit(), input.after());
    Filter filter = new Filter(input.userId(), input.state());
    return storage
        .read(connection -> NotificationRepository.list(connection, filter, page))
        .thenApply(
            notifications ->
                Outcome.done(
                    new NotificationsListed(
                        notifications.items(),
                        notifications.items().size(),
                        notifications.next())));
  }
}
