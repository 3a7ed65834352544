package dev.troupe.service.order;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.order.OrderService.CancelOrder;
import dev.troupe.service.order.OrderService.CreateOrder;
import dev.troupe.service.order.OrderService.GetOrder;
import dev.troupe.service.order.OrderService.ListOrders;
import dev.troupe.service.order.OrderService.OrderCancelled;
import dev.troupe.service.order.OrderService.OrderCreated;
import dev.troupe.service.order.OrderService.OrderFound;
import dev.troupe.service.order.OrderService.OrdersListed;
import dev.troupe.service.outbox.Outbox;
import dev.troupe.service.page.Paging;
import dev.troupe.service.user.UserService;
import dev.troupe.service.user.UserService.GetUser;
import dev.troupe.service.user.UserService.UserFound;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The handlers of {@link OrderService}. */
final class OrderHandlers {
  private final ServiceContext context;
  private final Storage storage;
  private final Outbox outbox;
  private final Paging paging;

  OrderHandlers(ServiceContext context, Storage storage, Outbox outbox, Paging paging) {
    this.context = context;
    this.storage = storage;
    this.outbox = outbox;
    this.paging = paging;
  }

  CompletionStage<Outcome<OrderCreated>> create(CreateOrder input, CallContext call) {
    return context
        .call(UserService.NAME, UserService.GET, new GetUser(input.userId()), call)
        .thenCompose(
            user -> {
              if (user instanceof Outcome.Refused<UserFound> refused) {
                return explained(input.userId(), refused).now();
              }
              return store(input, call);
            });
  }

  private CompletionStage<Outcome<OrderCreated>> store(CreateOrder input, CallContext call) {
    return storage
        .write(call, connection -> created(connection, input))
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Done<OrderCreated>) {
                outbox.wake();
              }
              return outcome;
            });
  }

  private Outcome<OrderCreated> created(Connection connection, CreateOrder input)
      throws SQLException {
    int quantity = Objects.requireNonNull(input.quantity());
    Order order = OrderRepository.insert(connection, input.userId(), input.product(), quantity);
    outbox.add(connection, OrderNotices.created(order));
    return Outcome.done(new OrderCreated("Order created successfully", order));
  }

  private static Outcome.Refused<OrderCreated> explained(
      long userId, Outcome.Refused<UserFound> refused) {
    if (refused.status() == ReplyStatus.NOT_FOUND) {
      return Outcome.refused(ReplyStatus.REFUSED, "user_id: user " + userId + " does not exist");
    }
    ReplyStatus status =
        refused.status() == ReplyStatus.DEADLINE ? ReplyStatus.DEADLINE : ReplyStatus.UNAVAILABLE;
    return Outcome.refused(
        status,
        "the order was not created: %s could not tell whether user %d exists (%s)"
            .formatted(UserService.NAME, userId, refused.message()));
  }

  CompletionStage<Outcome<OrderFound>> get(GetOrder input, CallContext call) {
    return storage
        .read(connection -> OrderRepository.find(connection, input.orderId()))
        .thenApply(
            order ->
                Outcome.found(
                    order.map(OrderFound::new), "Order " + input.orderId() + " not found"));
  }

  CompletionStage<Outcome<OrdersListed>> list(ListOrders input, CallContext call) {
    Paging.Request page = paging.request(input.limit(), input.after());
    OrderFilter filter = new OrderFilter(input.userId(), input.status());
    return storage
        .read(connection -> OrderRepository.list(connection, filter, page))
        .thenApply(
            orders ->
                Outcome.done(
                    new OrdersListed(orders.items(), orders.items().size(), orders.next())));
  }

  CompletionStage<Outcome<OrderCancelled>> cancel(CancelOrder input, CallContext call) {
    return storage.write(call, connection -> cancelled(connection, call, input.orderId()));
  }

  private static Outcome<OrderCancelled> cancelled(Connection connection, CallContext call, long id)
      throws SQLException {
    Optional<Order> found = OrderRepository.find(connection, id);
    if (found.isEmpty()) {
      return Outcome.refused(ReplyStatus.NOT_FOUND, "Order " + id + " not found");
    }
    Order order = found.get();
    if (!call.condition().isMetBy(order.version())) {
      return Outcome.changed("Order " + id, order.version());
    }
    if (!order.status().mayBecome(OrderStatus.CANCELLED)) {
      return Outcome.refused(
          ReplyStatus.CONFLICT, "Order %d is %s already".formatted(id, order.status()));
    }
    return Outcome.done(
        new OrderCancelled(
            "Order cancelled successfully",
            OrderRepository.move(connection, id, OrderStatus.CANCELLED)));
  }
}
