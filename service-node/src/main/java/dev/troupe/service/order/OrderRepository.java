package dev.troupe.service.order;

import dev.troupe.service.page.Page;
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
  private static final String COLUMNS = "id, user_id, product, quantity, status";

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

  static Page<Order> list(Connection connection, Paging.Request page) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM orders WHERE id > ? ORDER BY id LIMIT ?")) {
      select.setLong(1, page.after());
      select.setLong(2, page.limit() + 1L);
      return Page.of(orders(select), page.limit(), Order::id);
    }
  }

  private static List<Order> orders(PreparedStatement statement) throws SQLException {
    List<Order> orders = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        orders.add(
            new Order(
                rows.getLong(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getInt(4),
                rows.getString(5)));
      }
    }
    return orders;
  }
}
