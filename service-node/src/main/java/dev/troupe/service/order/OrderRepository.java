package dev.troupe.service.order;

import dev.troupe.protocol.service.ListPage;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of orders. */
final class OrderRepository {
  private static final String COLUMNS = "id, user_id, product, quantity, status, version";

  private OrderRepository() {}

  static Order insert(Sql sql, long userId, String product, int quantity) throws SQLException {
    return sql.one(
        Order.class,
        "INSERT INTO orders (user_id, product, quantity, status) VALUES (?, ?, ?, 'created')"
            + " RETURNING "
            + COLUMNS,
        userId,
        product,
        quantity);
  }

  static Optional<Order> find(Sql sql, long id) throws SQLException {
    return sql.find(Order.class, "SELECT " + COLUMNS + " FROM orders WHERE id = ?", id);
  }

  /**
   * @param id of an order that exists
   * @return the order with its new status and version
   */
  static Order move(Sql sql, long id, OrderStatus status) throws SQLException {
    return sql.one(
        Order.class,
        "UPDATE orders SET status = ?, version = version + 1 WHERE id = ? RETURNING " + COLUMNS,
        status,
        id);
  }

  /** A list of the orders of a user, of those in a status, or of all. */
  static ListPage<Order> list(
      Sql sql, @Nullable Long userId, @Nullable OrderStatus status, Paging.Request page)
      throws SQLException {
    // The status is a literal, since an index of one status serves no parameter.
    String query =
        "SELECT %s FROM orders WHERE id > ?%s%s ORDER BY id LIMIT ?"
            .formatted(
                COLUMNS,
                userId == null ? "" : " AND user_id = ?",
                status == null ? "" : " AND status = '" + status + "'");
    return userId == null
        ? sql.page(page, Order.class, Order::id, query, page.after(), page.rows())
        : sql.page(page, Order.class, Order::id, query, page.after(), userId, page.rows());
  }

  /**
   * Removes some notices from the table in which earlier versions kept them, and finds their
   * orders.
   */
  static List<Order> takeOutbox(Sql sql) throws SQLException {
    List<Order> orders =
        sql.list(
            Order.class,
            "SELECT %s FROM orders WHERE 'OrderService/order-created/' || id IN (%s) ORDER BY id"
                .formatted(COLUMNS, "SELECT source FROM outbox ORDER BY id LIMIT 1000"));
    sql.batch(
        "DELETE FROM outbox WHERE source = ?",
        orders,
        order -> new Object[] {"OrderService/order-created/" + order.id()});
    return orders;
  }
}
