package dev.troupe.service.notification;

import dev.troupe.protocol.service.Call;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.notification.NotificationService.GetNotification;
import dev.troupe.service.notification.NotificationService.ListNotifications;
import dev.troupe.service.notification.NotificationService.NotificationFound;
import dev.troupe.service.notification.NotificationService.NotificationQueued;
import dev.troupe.service.notification.NotificationService.NotificationsListed;
import dev.troupe.service.notification.NotificationService.SendNotification;
import dev.troupe.service.page.Paging;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Does the actions of {@link NotificationService}. */
final class NotificationHandlers {
  private final Storage storage;
  private final Paging paging;
  private final Runnable wakeDelivery;

  NotificationHandlers(Storage storage, Paging paging, Runnable wakeDelivery) {
    this.storage = storage;
    this.paging = paging;
    this.wakeDelivery = wakeDelivery;
  }

  CompletionStage<Outcome<NotificationQueued>> send(SendNotification input, Call call) {
    String type = Objects.requireNonNull(input.type());
    return storage
        .write(call, connection -> queued(connection, input, type))
        .thenApply(
            queued -> {
              wakeDelivery.run();
              return queued;
            });
  }

  private static Outcome<NotificationQueued> queued(
      Connection connection, SendNotification input, String type) throws SQLException {
    Notification notification =
        NotificationRepository.insert(
            connection, input.userId(), type, input.message(), Instant.now());
    return Outcome.done(
        new NotificationQueued("Notification queued", input.userId(), notification));
  }

  CompletionStage<Outcome<NotificationFound>> get(GetNotification input, Call call) {
    return storage
        .read(connection -> NotificationRepository.find(connection, input.notificationId()))
        .thenApply(
            notification ->
                Outcome.found(
                    notification.map(NotificationFound::new),
                    "Notification " + input.notificationId() + " not found"));
  }

  CompletionStage<Outcome<NotificationsListed>> list(ListNotifications input, Call call) {
    Paging.Request page = paging.request(input.limit(), input.after());
    return storage
        .read(connection -> NotificationRepository.list(connection, page))
        .thenApply(
            notifications ->
                Outcome.done(
                    new NotificationsListed(
                        notifications.items(),
                        notifications.items().size(),
                        notifications.next())));
  }
}
