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
import dev.troupe.service.page.Paging;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Accepts notifications by storing them, and delivers them afterwards. */
public final class NotificationService implements Service {
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
          .answering(ReplyStatus.ACCEPTED)
          .located(GET, queued -> queued.notification().id());

  static final Action<ListNotifications, NotificationsListed> LIST =
      Action.get(
              "list_notifications",
              "/notifications",
              ListNotifications.class,
              NotificationsListed.class)
          .paged(NotificationsListed::next);

  private static final Pattern TYPE = Pattern.compile("[a-z]{1,20}");

  private final Channel channel;
  private final DeliveryPolicy policy;
  private volatile @Nullable Storage storage;

  /** Delivers into the log. */
  public NotificationService() {
    this(new LogChannel(), DeliveryPolicy.DEFAULT);
  }

  NotificationService(Channel channel, DeliveryPolicy policy) {
    this.channel = channel;
    this.policy = policy;
  }

  /**
   * @param message 1 to 10,000 characters
   * @param type 1 to 20 of [a-z]; {@code email} if not given
   */
  record SendNotification(long userId, String message, @Nullable String type) {
    SendNotification {
      Check.range("user_id", userId, 1, Long.MAX_VALUE);
      Check.text("message", message, 10_000);
      type = type == null ? "email" : type;
      if (!TYPE.matcher(type).matches()) {
        throw InvalidInputException.refused("type is no name (expected: 1 to 20 of [a-z])");
      }
    }
  }

  record NotificationQueued(String message, long userId, Notification notification) {}

  record GetNotification(long notificationId) {}

  record NotificationFound(Notification notification) {}

  record ListNotifications(@Nullable Integer limit, @Nullable Long after) {}

  /**
   * @param count of the notifications on this page
   * @param next what to give as {@code after} to get the next page, if there is one
   */
  record NotificationsListed(List<Notification> notifications, int count, @Nullable Long next) {}

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("NotificationService")
        .action(SEND)
        .action(GET)
        .action(LIST)
        .build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) throws Exception {
    Paging paging = Paging.from(context.settings());
    Storage opened = context.storage("db/notification");
    storage = opened;
    ActorRef<DeliveryActor.Command> delivery =
        context
            .system()
            .systemActorOf(
                Behaviors.supervise(
                        DeliveryActor.create(
                            opened, context.slot(), channel, policy, context.blocking()))
                    .onFailure(SupervisorStrategy.restart()),
                "delivery",
                Props.empty());
    NotificationHandlers handlers =
        new NotificationHandlers(opened, paging, () -> delivery.tell(DeliveryActor.Wake.INSTANCE));
    return Actions.of(describe())
        .on(SEND, handlers::send)
        .on(GET, handlers::get)
        .on(LIST, handlers::list)
        .behavior();
  }

  @Override
  public void check() throws Exception {
    Objects.requireNonNull(storage, "the store is not open").check();
  }
}
