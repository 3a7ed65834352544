package dev.troupe.service.order;

import dev.troupe.service.notification.NotificationService.Sourced;

/** The texts of notifications to the owners of orders. */
final class OrderNotices {
  private OrderNotices() {}

  static Sourced created(Order order) {
    return new Sourced(
        "OrderService/order-created/" + order.id(),
        order.userId(),
        "Your order %d was created: %d × %s"
            .formatted(order.id(), order.quantity(), order.product()));
  }
}
