package dev.troupe.service.user;

import dev.troupe.service.page.ListPage;
import dev.troupe.service.page.Paging;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The table of users. */
final class UserRepository {
  private static final String COLUMNS = "id, username, email, version";

  private UserRepository() {}

  /**
   * @return the new user; nothing when the name is taken
   */
  static Optional<User> insert(Connection connection, String username, String email)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO users (username, email) VALUES (?, ?)"
                + " ON CONFLICT (username) DO NOTHING RETURNING "
                + COLUMNS)) {
      insert.setString(1, username);
      insert.setString(2, email);
      return first(insert);
    }
  }

  static Optional<User> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM users WHERE id = ?")) {
      select.setLong(1, id);
      return first(select);
    }
  }

  /** Whether another user than {@code id} has the name. */
  static boolean isTaken(Connection connection, String username, long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM users WHERE username = ? AND id <> ?")) {
      select.setString(1, username);
      select.setLong(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * @param user an existing user, with a name that is not taken
   * @return the user in its new version
   */
  static User update(Connection connection, User user) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE users SET username = ?, email = ?, version = version + 1 WHERE id = ? RETURNING"
                + " "
                + COLUMNS)) {
      update.setString(1, user.username());
      update.setString(2, user.email());
      update.setLong(3, user.id());
      return first(update).orElseThrow();
    }
  }

  static void delete(Connection connection, long id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM users WHERE id = ?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  static ListPage<User> list(Connection connection, Paging.Request page) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM users WHERE id > ? ORDER BY id LIMIT ?")) {
      select.setLong(1, page.after());
      select.setLong(2, page.limit() + 1L);
      try (ResultSet rows = select.executeQuery()) {
        return ListPage.read(rows, page, UserRepository::user, User::id);
      }
    }
  }

  private static Optional<User> first(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(user(row)) : Optional.empty();
    }
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4));
  }
}
