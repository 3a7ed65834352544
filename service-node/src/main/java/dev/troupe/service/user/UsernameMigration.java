package dev.troupe.service.user;

import dev.troupe.service.text.Username;
import dev.troupe.service.text.VisibleCharacters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Normalizes the names of existing users. Names that would collide, or that hold invisible
 * characters, are left as they are and reported: only people can say which user is meant.
 */
public abstract class UsernameMigration extends BaseJavaMigration {
  private static final Logger log = LoggerFactory.getLogger(UsernameMigration.class);

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    Map<Long, String> wanted = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, username FROM users ORDER BY id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(2);
        if (Username.invisibleIn(name).isPresent()) {
          log.warn(
              "user {} keeps the name '{}', which holds the character U+{} that nobody can see:"
                  + " rename the user",
              rows.getLong(1),
              VisibleCharacters.of(name),
              "%04X".formatted(Username.invisibleIn(name).getAsInt()));
        } else if (!Username.normalized(name).equals(name)) {
          wanted.put(rows.getLong(1), Username.normalized(name));
        }
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE users SET username = ?, version = version + 1 WHERE id = ?"
                + " AND NOT EXISTS (SELECT 1 FROM users WHERE username = ?)")) {
      for (Map.Entry<Long, String> user : wanted.entrySet()) {
        update.setString(1, user.getValue());
        update.setLong(2, user.getKey());
        update.setString(3, user.getValue());
        if (user.getValue().isEmpty() || update.executeUpdate() == 0) {
          log.warn(
              "user {} has a name that looks like '{}', which another user has: rename one of them",
              user.getKey(),
              VisibleCharacters.of(user.getValue()));
        }
      }
    }
  }
}
