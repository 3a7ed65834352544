package dev.troupe.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.ListPage;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ListPageTest {
  record Item(long id, String text) {}

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, text TEXT)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aPageEndsWithTheNumberThatWasAskedFor() throws SQLException {
    insert(5, "x");

    assertThat(page(0, 3, 1000).items()).extracting(Item::id).containsExactly(1L, 2L, 3L);
    assertThat(page(0, 3, 1000).next()).isEqualTo(3);
    assertThat(page(3, 3, 1000).next()).isNull();
    assertThat(page(0, 5, 1000).next()).isNull();
  }

  @Test
  void manyLargeItemsComeInPagesThatAreBoundInBytesAndNoneIsLost() throws SQLException {
    // Three bytes each in UTF-8.
    insert(100, "語".repeat(10_000));
    long maxBytes = Paging.from(ConfigFactory.empty()).maxBytes();
    List<Long> ids = new ArrayList<>();
    Long after = 0L;
    int pages = 0;
    while (after != null) {
      ListPage<Item> page = page(after, 100, maxBytes);
      assertThat(Json.write(page.items())).hasSizeLessThanOrEqualTo((int) maxBytes + 2);
      page.items().forEach(item -> ids.add(item.id()));
      after = page.next();
      pages++;
    }

    assertThat(pages).isBetween(6, 7);
    assertThat(ids).hasSize(100).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anItemThatIsLargerThanAPageIsAPage() throws SQLException {
    insert(3, "x".repeat(100));

    assertThat(page(0, 10, 50).items()).extracting(Item::id).containsExactly(1L);
    assertThat(page(0, 10, 50).next()).isEqualTo(1);
    assertThat(page(2, 10, 50).items()).extracting(Item::id).containsExactly(3L);
    assertThat(page(2, 10, 50).next()).isNull();
  }

  @Test
  void afterTheLastThereIsNothing() throws SQLException {
    assertThat(page(0, 10, 50)).isEqualTo(new ListPage<>(List.of(), null));
  }

  private ListPage<Item> page(long after, int limit, long maxBytes) throws SQLException {
    Paging.Request page = new Paging.Request(after, limit, maxBytes);
    return new Sql(connection)
        .page(
            page,
            Item.class,
            Item::id,
            "SELECT id, text FROM items WHERE id > ? ORDER BY id LIMIT ?",
            page.after(),
            page.rows());
  }

  private void insert(int count, String text) throws SQLException {
    try (var insert = connection.prepareStatement("INSERT INTO items (text) VALUES (?)")) {
      for (int i = 0; i < count; i++) {
        insert.setString(1, text);
        insert.executeUpdate();
      }
    }
  }
}
