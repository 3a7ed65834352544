package dev.troupe.service.order;

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
import dev.troupe.service.user.UserService;
import dev.troupe.service.user.UserService.GetUser;
import dev.troupe.service.user.UserService.UserFound;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes orders of users whom UserService knows, finds them again, and cancels them. */
public final class OrderService implements Service {
  private static final String ORDERS = "/orders";
  private static final Duration LOOK_FOR_OUTBOX = Duration.ofMinutes(1);
  private static final Action<OrderId, OrderFound> GET =
      Action.get("get_order", ORDERS + "/{order_id}", OrderId.class, OrderFound.class)
          .etag(found -> found.order().version());

  /**
   * @param product what is ordered, 1 to 200 characters
   * @param quantity of it, 1 to 1,000,000; 1 if not given
   */
  record CreateOrder(
      long userId,
      @NotBlank @Size(max = 200) String product,
      @Nullable @Min(1) @Max(1_000_000) Integer quantity) {
    CreateOrder {
      quantity = quantity == null ? 1 : quantity;
    }
  }

  record OrderWritten(String message, Order order) {}

  /** Published with each new order. */
  record OrderCreated(Order order) {}

  record OrderId(long orderId) {}

  record OrderFound(Order order) {}

  /** Of one user and in one status, if these are given. */
  record ListOrders(
      @Nullable Long userId,
      @Nullable OrderStatus status,
      @Nullable Integer limit,
      @Nullable Long after) {}

  /**
   * @param count of the orders on this page
   * @param next what to give as {@code after} to get the next page, if there is one
   */
  record OrdersListed(List<Order> orders, int count, @Nullable Long next) {}

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    Paging paging = Paging.from(context.settings());
    Storage storage = context.storage("db/order");
    context.every("publish-outbox", LOOK_FOR_OUTBOX, call -> publishOutbox(storage, context));
    return ServiceDefinition.named("OrderService")
        .publishes(OrderCreated.class, created -> created.order().id())
        .on(
            Action.post("create_order", ORDERS, CreateOrder.class, OrderWritten.class)
                .location(GET, created -> created.order().id())
                .etag(created -> created.order().version()),
            (input, call) ->
                context
                    .call(UserService.NAME, UserService.GET, new GetUser(input.userId()), call)
                    .onRefused(refused -> explained(input.userId(), refused))
                    .flatMap(user -> storage.write(call, sql -> created(sql, context, input))))
        .on(
            GET,
            (input, call) ->
                storage.read(call, sql -> order(sql, input.orderId()).map(OrderFound::new)))
        .on(
            Action.get("list_orders", ORDERS, ListOrders.class, OrdersListed.class)
                .paged(OrdersListed::next),
            (input, call) -> {
              Paging.Request page = paging.request(input.limit(), input.after());
              return storage.read(
                  call,
                  sql ->
                      OrderRepository.list(sql, input.userId(), input.status(), page)
                          .to(OrdersListed::new));
            })
        .on(
            Action.post("cancel_order", GET.path() + "/cancel", OrderId.class, OrderWritten.class)
                .status(ReplyStatus.OK)
                .etag(cancelled -> cancelled.order().version())
                .conditional(),
            (input, call) ->
                storage.write(
                    call,
                    sql ->
                        order(sql, input.orderId()).flatMap(order -> cancelled(sql, call, order))))
        .build();
  }

  private static Outcome<OrderWritten> created(Sql sql, ServiceContext context, CreateOrder input)
      throws SQLException {
    int quantity = Objects.requireNonNull(input.quantity());
    Order order = OrderRepository.insert(sql, input.userId(), input.product(), quantity);
    context.publish(sql, new OrderCreated(order));
    return Outcome.done(new OrderWritten("Order created successfully", order));
  }

  // Instances of earlier versions write notices of new orders to a table of this service.
  private static CompletionStage<Integer> publishOutbox(Storage storage, ServiceContext context) {
    return storage.write(
        sql -> {
          List<Order> orders = OrderRepository.takeOutbox(sql);
          for (Order order : orders) {
            context.publish(sql, new OrderCreated(order));
          }
          return orders.size();
        });
  }

  private static Outcome<UserFound> explained(long userId, Outcome.Refused<UserFound> refused) {
    if (refused.status() == ReplyStatus.NOT_FOUND) {
      return Outcome.refused(ReplyStatus.REFUSED, "user_id: user " + userId + " does not exist");
    }
    return Outcome.refused(
        refused.status() == ReplyStatus.DEADLINE ? ReplyStatus.DEADLINE : ReplyStatus.UNAVAILABLE,
        "the order was not created: %s could not tell whether user %d exists (%s)"
            .formatted(UserService.NAME, userId, refused.message()));
  }

  private static Outcome<Order> order(Sql sql, long id) throws SQLException {
    return Outcome.found(OrderRepository.find(sql, id), "Order " + id + " not found");
  }

  private static Outcome<OrderWritten> cancelled(Sql sql, CallContext call, Order order)
      throws SQLException {
    if (!call.condition().isMetBy(order.version())) {
      return Outcome.changed("Order " + order.id(), order.version());
    }
    if (!order.status().mayBecome(OrderStatus.CANCELLED)) {
      return Outcome.refused(
          ReplyStatus.CONFLICT, "Order %d is %s already".formatted(order.id(), order.status()));
    }
    Order cancelled = OrderRepository.move(sql, order.id(), OrderStatus.CANCELLED);
    return Outcome.done(new OrderWritten("Order cancelled successfully", cancelled));
  }
}
