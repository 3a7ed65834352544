package dev.troupe.service.notification;

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
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** Accepts notifications by storing them, and delivers them afterwards. */
public final class NotificationService implements Service {
  public static final String NAME = "NotificationService";

  static final Action<GetNotification, NotificationFound> GET =
      Action.get(
          "get_notification",
          "/notifications/{notification_id}",
          GetNotification.class,
          NotificationFound.class);

  static final Action<SendNotification, NotificationQueued> SEND =
      Action.post(
              "send_notification",
              "/notifications",
              SendNotification.class,
              NotificationQueued.class)
          .status(ReplyStatus.ACCEPTED)
          .location(GET, queued -> queued.notification().id());

  static final Action<ListNotifications, NotificationsListed> LIST =
      Action.get(
              "list_notifications",
              "/notifications",
              ListNotifications.class,
              NotificationsListed.class)
          .paged(NotificationsListed::next);

  /** Queues a dead notification again; {@link ReplyStatus#CONFLICT} if it is not dead. */
  static final Action<RetryNotification, NotificationQueued> RETRY =
      Action.post(
              "retry_notification",
              "/notifications/{notification_id}/retry",
              RetryNotification.class,
              NotificationQueued.class)
          .status(ReplyStatus.ACCEPTED);

  /**
   * Stores many notifications, each source once, so that the request may be repeated. The
   * descriptor does not name this action, so that HTTP does not reach it.
   */
  public static final Action<EnqueueNotifications, NotificationsEnqueued> ENQUEUE =
      Action.put(
          "enqueue_notifications",
          "/notifications",
          EnqueueNotifications.class,
          NotificationsEnqueued.class);

  static final Pattern TYPE = Pattern.compile("[a-z]{1,20}");
  static final String DEFAULT_TYPE = "email";
  private static final int LONGEST_MESSAGE = 10_000;

  private volatile @Nullable Storage storage;

  /**
   * @param message 1 to 10,000 characters
   * @param type 1 to 20 of [a-z]; {@code email} if not given
   */
  record SendNotification(long userId, String message, @Nullable String type) {
    SendNotification {
      Check.range("user_id", userId, 1, Long.MAX_VALUE);
      Check.text("message", message, LONGEST_MESSAGE);
      type = type == null ? DEFAULT_TYPE : type;
      if (!TYPE.matcher(type).matches()) {
        throw InvalidInputException.refused("type is no name (expected: 1 to 20 of [a-z])");
      }
    }
  }

  record NotificationQueued(String message, long userId, Notification notification) {}

  record GetNotification(long notificationId) {}

  record NotificationFound(Notification notification) {}

  /** Of one user and in one state, if these are given. */
  record ListNotifications(
      @Nullable Long userId,
      @Nullable NotificationState state,
      @Nullable Integer limit,
      @Nullable Long after) {}

  /**
   * @param count of the notifications on this page
   * @param next what to give as {@code after} to get the next page, if there is one
   */
  record NotificationsListed(List<Notification> notifications, int count, @Nullable Long next) {}

  record RetryNotification(long notificationId) {}

  /**
   * A notification with a cause.
   *
   * @param source identifies the cause, like {@code OrderService/order-created/17}
   * @param message 1 to 10,000 characters
   */
  public record Sourced(String source, long userId, String message) {
    public Sourced {
      Check.text("source", source, 200);
      Check.range("user_id", userId, 1, Long.MAX_VALUE);
      Check.text("message", message, LONGEST_MESSAGE);
    }
  }

  /**
   * @param notifications up to 1000
   */
  public record EnqueueNotifications(List<Sourced> notifications) {
    public EnqueueNotifications {
      notifications = List.copyOf(notifications);
      Check.range("notifications", notifications.size(), 0, 1000);
    }
  }

  /**
   * @param count how many of them are stored, by this request or an earlier one
   */
  public record NotificationsEnqueued(int count) {}

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named(NAME)
        .action(SEND)
        .action(GET)
        .action(LIST)
        .action(RETRY)
        .build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) throws Exception {
    NotificationSettings settings = NotificationSettings.read(context.settings());
    Storage opened = context.storage("db/notification");
    storage = opened;
    DeliveryActors deliveries = DeliveryActors.start(context, opened, settings);
    NotificationHandlers handlers = new NotificationHandlers(opened, settings, deliveries);
    return Actions.of(describe())
        .on(SEND, handlers::send)
        .on(GET, handlers::get)
        .on(LIST, handlers::list)
        .on(RETRY, handlers::retry)
        .on(ENQUEUE, handlers::enqueue)
        .behavior();
  }

  @Override
  public void check() throws Exception {
    Objects.requireNonNull(storage, "the store is not open").check();
  }
}
