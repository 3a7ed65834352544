package dev.troupe.service.notification;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.notification.NotificationRepository.New;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accepts notifications by storing them, and delivers them afterwards. */
public final class NotificationService implements Service {
  public static final String NAME = "NotificationService";

  private static final String NOTIFICATIONS = "/notifications";
  private static final String NOTIFICATION = NOTIFICATIONS + "/{notification_id}";

  private static final Action<ById, Found> GET =
      Action.get("get_notification", NOTIFICATION, ById.class, Found.class);

  static final String TYPE = "[a-z]{1,20}";
  static final String DEFAULT_TYPE = "email";
  private static final int LONGEST_MESSAGE = 10_000;

  /**
   * @param message 1 to 10,000 characters
   * @param type 1 to 20 of [a-z]; {@code email} if not given
   */
  record Send(
      @Positive long userId,
      @NotBlank @Size(max = LONGEST_MESSAGE) String message,
      @Nullable @Pattern(regexp = TYPE, message = "is no name (expected: 1 to 20 of [a-z])")
          String type) {}

  record Queued(String message, long userId, Notification notification) {}

  record ById(long notificationId) {}

  record Found(Notification notification) {}

  /** Of one user and in one state, if these are given. */
  record Query(
      @Nullable Long userId,
      @Nullable NotificationState state,
      @Nullable Integer limit,
      @Nullable Long after) {}

  /**
   * @param count of the notifications on this page
   * @param next what to give as {@code after} to get the next page, if there is one
   */
  record Listed(List<Notification> notifications, int count, @Nullable Long next) {}

  /** What OrderService publishes of a new order. */
  record OrderCreated(Order order) {
    record Order(long id, long userId, String product, int quantity) {}

    /** Identifies the cause of the notification. */
    String source() {
      return "OrderService/order-created/" + order.id();
    }

    Send notification() {
      return new Send(
          order.userId(),
          "Your order %d was created: %d × %s"
              .formatted(order.id(), order.quantity(), order.product()),
          null);
    }
  }

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    NotificationSettings settings = NotificationSettings.read(context.settings());
    Storage storage = context.storage("db/notification");
    DeliveryActors deliveries = DeliveryActors.start(context, storage, settings);
    return ServiceDefinition.named(NAME)
        .on(
            Action.post("send_notification", NOTIFICATIONS, Send.class, Queued.class)
                .status(ReplyStatus.ACCEPTED)
                .location(GET, queued -> queued.notification().id()),
            (input, call) -> {
              New added = added(settings, input, null, call);
              return storage
                  .write(call, sql -> queued(NotificationRepository.insert(sql, added)))
                  .onDone(queued -> deliveries.wake(queued.notification().channel()));
            })
        .on(
            GET,
            (input, call) ->
                storage.read(call, sql -> found(sql, input.notificationId()).map(Found::new)))
        .on(
            Action.get("list_notifications", NOTIFICATIONS, Query.class, Listed.class)
                .paged(Listed::next),
            (input, call) -> {
              Paging.Request page = settings.paging().request(input.limit(), input.after());
              return storage.read(
                  call,
                  sql ->
                      NotificationRepository.list(sql, input.userId(), input.state(), page)
                          .to(Listed::new));
            })
        .on(
            Action.post("retry_notification", NOTIFICATION + "/retry", ById.class, Queued.class)
                .status(ReplyStatus.ACCEPTED),
            (input, call) ->
                storage
                    .write(call, sql -> revived(sql, settings, input.notificationId()))
                    .onDone(queued -> deliveries.wake(queued.notification().channel())))
        .onEvent(
            "OrderService",
            OrderCreated.class,
            (created, call) -> {
              New added = added(settings, created.notification(), created.source(), call);
              return storage
                  .write(
                      call,
                      sql -> {
                        NotificationRepository.insertOnce(sql, added);
                        return Outcome.done();
                      })
                  .onDone(done -> deliveries.wake(added.channel()));
            })
        .build();
  }

  private static New added(
      NotificationSettings settings, Send input, @Nullable String source, CallContext call) {
    Instant now = Instant.now();
    String type = input.type() == null ? DEFAULT_TYPE : input.type();
    String channel = settings.channelOf(type);
    Instant giveUpAt = now.plus(settings.policy().deadline());
    return new New(
        input.userId(),
        type,
        channel,
        input.message(),
        now,
        giveUpAt,
        source,
        call.traceparent().orElse(null));
  }

  private static Outcome<Queued> queued(Notification notification) {
    return Outcome.done(new Queued("Notification queued", notification.userId(), notification));
  }

  private static Outcome<Notification> found(Sql sql, long id) throws SQLException {
    return Outcome.found(NotificationRepository.find(sql, id), "Notification " + id + " not found");
  }

  private static Outcome<Queued> revived(Sql sql, NotificationSettings settings, long id)
      throws SQLException {
    Instant now = Instant.now();
    Optional<Notification> revived =
        NotificationRepository.revive(sql, id, now, now.plus(settings.policy().deadline()));
    return revived.isPresent()
        ? queued(revived.get())
        : found(sql, id)
            .flatMap(
                found ->
                    Outcome.refused(
                        ReplyStatus.CONFLICT,
                        "Notification %d is %s (expected: dead; others need no retry)"
                            .formatted(id, found.state())));
  }
}
