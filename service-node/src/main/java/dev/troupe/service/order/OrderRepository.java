package dev.troupe.service.order;

import dev.troupe.service.page.ListPage;
import dev.troupe.service.page.Paging;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of orders. */
final class OrderRepository {
  private static final String COLUMNS = "id, user_id, product, quantity, status, version";

  private OrderRepository() {}

  static Order insert(Connection connection, long userId, String product, int quantity)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO orders (user_id, product, quantity, status) VALUES (?, ?, ?, 'created')"
                + " RETURNING "
                + COLUMNS)) {
      insert.setLong(1, userId);
      insert.setString(2, product);
      insert.setInt(3, quantity);
      return orders(insert).get(0);
    }
  }

  static Optional<Order> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM orders WHERE id = ?")) {
      select.setLong(1, id);
      return orders(select).stream().findFirst();
    }
  }

  /**
   * @param id of an order that exists
   * @return the order with its new status and version
   */
  static Order move(Connection connection, long id, OrderStatus status) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE orders SET status = ?, version = version + 1 WHERE id = ? RETURNING "
                + COLUMNS)) {
      update.setString(1, status.toString());
      update.setLong(2, id);
      return orders(update).get(0);
    }
  }

  static ListPage<Order> list(Connection connection, OrderFilter filter, Paging.Request page)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM orders WHERE id > ?%s ORDER BY id LIMIT ?"
                .formatted(COLUMNS, filter.condition()))) {
      int parameter = 1;
      select.setLong(parameter++, page.after());
      if (filter.userId() != null) {
        select.setLong(parameter++, filter.userId());
      }
      select.setLong(parameter, page.limit() + 1L);
      try (ResultSet rows = select.executeQuery()) {
        return ListPage.read(rows, page, OrderRepository::order, Order::id);
      }
    }
  }

  private static List<Order> orders(PreparedStatement statement) throws SQLException {
    List<Order> orders = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        orders.add(order(rows));
      }
    }
    return orders;
  }

  private static Order order(ResultSet row) throws SQLException {
    return new Order(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getInt(4),
        OrderStatus.of(row.getString(5)),
        row.getLong(6));
  }
}
