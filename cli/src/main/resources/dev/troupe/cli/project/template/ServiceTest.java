package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import {{package}}.{{service}}.CreateEntry;
import {{package}}.{{service}}.Entries;
import {{package}}.{{service}}.Entry;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the actions do with the tables, in a database in memory. */
class {{service}}Test {
  private Connection connection;
  private Sql sql;

  @BeforeEach
  void open() throws IOException, SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    sql = new Sql(connection);
    try (InputStream migration = getClass().getResourceAsStream("/db/{{subject}}/V1__entry.sql")) {
      sql.update(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void anEntryThatWasCreatedIsFound() throws SQLException {
    Entry first = new Entry(1, "first");

    assertThat({{service}}.create(sql, new CreateEntry("first"))).isEqualTo(Outcome.done(first));
    assertThat({{service}}.find(sql, 1)).isEqualTo(Outcome.done(first));
    assertThat({{service}}.find(sql, 2))
        .isEqualTo(Outcome.refused(ReplyStatus.NOT_FOUND, "there is no entry 2"));
  }

  @Test
  void aPageSaysWhereTheNextOneBegins() throws SQLException {
    {{service}}.create(sql, new CreateEntry("first"));
    {{service}}.create(sql, new CreateEntry("second"));

    assertThat({{service}}.list(sql, new Paging.Request(0, 1, 1000)))
        .isEqualTo(Outcome.done(new Entries(List.of(new Entry(1, "first")), 1L)));
    assertThat({{service}}.list(sql, new Paging.Request(1, 1, 1000)))
        .isEqualTo(Outcome.done(new Entries(List.of(new Entry(2, "second")), null)));
  }
}
