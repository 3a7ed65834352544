package dev.troupe.service.order;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Actions;
import dev.troupe.protocol.service.Check;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.outbox.Outbox;
import dev.troupe.service.page.Paging;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** Takes orders of users whom UserService knows, finds them again, and cancels them. */
public final class OrderService implements Service {
  static final Action<GetOrder, OrderFound> GET =
      Action.get("get_order", "/orders/{order_id}", GetOrder.class, OrderFound.class)
          .etag(found -> found.order().version());

  static final Action<CreateOrder, OrderCreated> CREATE =
      Action.post("create_order", "/orders", CreateOrder.class, OrderCreated.class)
          .location(GET, created -> created.order().id())
          .etag(created -> created.order().version());

  static final Action<CancelOrder, OrderCancelled> CANCEL =
      Action.post(
              "cancel_order", "/orders/{order_id}/cancel", CancelOrder.class, OrderCancelled.class)
          .status(ReplyStatus.OK)
          .etag(cancelled -> cancelled.order().version())
          .conditional();

  static final Action<ListOrders, OrdersListed> LIST =
      Action.get("list_orders", "/orders", ListOrders.class, OrdersListed.class)
          .paged(OrdersListed::next);

  private volatile @Nullable Storage storage;

  /**
   * @param product what is ordered, 1 to 200 characters
   * @param quantity of it, 1 to 1,000,000; 1 if not given
   */
  record CreateOrder(long userId, String product, @Nullable Integer quantity) {
    CreateOrder {
      Check.text("product", product, 200);
      quantity = quantity == null ? 1 : (int) Check.range("quantity", quantity, 1, 1_000_000);
    }
  }

  record OrderCreated(String message, Order order) {}

  record GetOrder(long orderId) {}

  record OrderFound(Order order) {}

  record CancelOrder(long orderId) {}

  record OrderCancelled(String message, Order order) {}

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
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("OrderService")
        .action(CREATE)
        .action(GET)
        .action(LIST)
        .action(CANCEL)
        .build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) throws Exception {
    Paging paging = Paging.from(context.settings());
    Storage opened = context.storage("db/order");
    storage = opened;
    OrderHandlers handlers =
        new OrderHandlers(context, opened, Outbox.start(context, opened), paging);
    return Actions.of(describe())
        .on(CREATE, handlers::create)
        .on(GET, handlers::get)
        .on(LIST, handlers::list)
        .on(CANCEL, handlers::cancel)
        .behavior();
  }

  @Override
  public void check() throws Exception {
    Objects.requireNonNull(storage, "the store is not open").check();
  }
}
