package dev.troupe.service.user;

import dev.troupe.protocol.service.ListPage;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Sql;
import java.sql.SQLException;
import java.util.Optional;

/** The table of users. */
final class UserRepository {
  private static final String COLUMNS = "id, username, email, version";

  private UserRepository() {}

  /**
   * @return the new user; nothing when the name is taken
   */
  static Optional<User> insert(Sql sql, String username, String email) throws SQLException {
    return sql.find(
        User.class,
        "INSERT INTO users (username, email) VALUES (?, ?)"
            + " ON CONFLICT (username) DO NOTHING RETURNING "
            + COLUMNS,
        username,
        email);
  }

  static Optional<User> find(Sql sql, long id) throws SQLException {
    return sql.find(User.class, "SELECT " + COLUMNS + " FROM users WHERE id = ?", id);
  }

  /** Whether another user than {@code id} has the name. */
  static boolean isTaken(Sql sql, String username, long id) throws SQLException {
    String query = "SELECT 1 FROM users WHERE username = ? AND id <> ?";
    return sql.find(row -> true, query, username, id).isPresent();
  }

  /**
   * @param user an existing user, with a name that is not taken
   * @return the user in its new version
   */
  static User update(Sql sql, User user) throws SQLException {
    return sql.one(
        User.class,
        "UPDATE users SET username = ?, email = ?, version = version + 1 WHERE id = ? RETURNING "
            + COLUMNS,
        user.username(),
        user.email(),
        user.id());
  }

  static void delete(Sql sql, long id) throws SQLException {
    sql.update("DELETE FROM users WHERE id = ?", id);
  }

  static ListPage<User> list(Sql sql, Paging.Request page) throws SQLException {
    String query = "SELECT " + COLUMNS + " FROM users WHERE id > ? ORDER BY id LIMIT ?";
    return sql.page(page, User.class, User::id, query, page.after(), page.rows());
  }
}
