package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatementCachingConnectionTest {
  private static final String SELECT = "SELECT text FROM notes WHERE id = ?";
  private static final String INSERT = "INSERT INTO notes (id, text) VALUES (?, ?) RETURNING text";

  @TempDir private Path directory;
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = new SqliteDatabase(directory.resolve("n.db"), Duration.ofSeconds(1)).borrow();
    execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    execute("INSERT INTO notes (id, text) VALUES (1, 'one'), (2, 'two')");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void aClosedStatementIsUsedAgain() throws SQLException {
    PreparedStatement first = connection.prepareStatement(SELECT);
    assertThat(text(first, 1)).isEqualTo("one");
    first.close();

    PreparedStatement second = connection.prepareStatement(SELECT);
    assertThat(second).isSameAs(first);
    assertThat(text(second, 2)).isEqualTo("two");
  }

  @Test
  void ofTwoAtATimeEachIsItsOwn() throws SQLException {
    PreparedStatement first = connection.prepareStatement(SELECT);
    PreparedStatement second = connection.prepareStatement(SELECT);
    assertThat(second).isNotSameAs(first);

    first.close();
    second.close();
    assertThat(text(connection.prepareStatement(SELECT), 1)).isEqualTo("one");
  }

  @Test
  void oneThatIsClosedTwiceIsNotLentTwice() throws SQLException {
    PreparedStatement first = connection.prepareStatement(SELECT);
    first.close();
    first.close();

    assertThat(connection.prepareStatement(SELECT))
        .isNotSameAs(connection.prepareStatement(SELECT));
  }

  @Test
  void parametersAreForgotten() throws SQLException {
    PreparedStatement first = connection.prepareStatement(INSERT);
    first.setLong(1, 3);
    first.setString(2, "three");
    first.close();

    PreparedStatement second = connection.prepareStatement(INSERT);
    second.setLong(1, 4);
    assertThatThrownBy(second::executeQuery).hasMessageContaining("NOT NULL");
  }

  @Test
  void aBatchThatWasNotRunIsForgotten() throws SQLException {
    String sql = "INSERT INTO notes (id, text) VALUES (?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, 3);
      insert.setString(2, "three");
      insert.addBatch();
    }
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, 4);
      insert.setString(2, "four");
      insert.addBatch();

      assertThat(insert.executeBatch()).containsExactly(1);
    }
    assertThat(text(connection.prepareStatement(SELECT), 3)).isEqualTo("nothing");
    assertThat(text(connection.prepareStatement(SELECT), 4)).isEqualTo("four");
  }

  @Test
  void aReadThatWasLeftInTheMiddleEndsWithItsStatement() throws SQLException {
    PreparedStatement all = connection.prepareStatement("SELECT text FROM notes");
    assertThat(all.executeQuery().next()).isTrue();
    assertThatThrownBy(() -> execute("DROP TABLE notes")).hasMessageContaining("locked");

    all.close();

    execute("DROP TABLE notes");
  }

  @Test
  void oneThatFailedWorksTheNextTime() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, 1);
      insert.setString(2, "again");
      assertThatThrownBy(insert::executeQuery).hasMessageContaining("UNIQUE");
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, 3);
      insert.setString(2, "three");
      try (ResultSet row = insert.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("three");
      }
    }
  }

  @Test
  void theIdleAreBounded() throws SQLException {
    PreparedStatement oldest = connection.prepareStatement(SELECT);
    oldest.close();
    for (int i = 0; i < 100; i++) {
      connection.prepareStatement("SELECT " + i).close();
    }

    PreparedStatement again = connection.prepareStatement(SELECT);
    assertThat(again).isNotSameAs(oldest);
    assertThat(text(again, 1)).isEqualTo("one");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(PreparedStatement select, long id) throws SQLException {
    select.setLong(1, id);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getString(1) : "nothing";
    }
  }
}
