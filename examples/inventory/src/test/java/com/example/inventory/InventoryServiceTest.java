package com.example.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.inventory.InventoryService.CreateItem;
import com.example.inventory.InventoryService.Item;
import com.example.inventory.InventoryService.Items;
import com.example.inventory.InventoryService.Reserve;
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
class InventoryServiceTest {
  private Connection connection;
  private Sql sql;

  @BeforeEach
  void open() throws IOException, SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    sql = new Sql(connection);
    try (InputStream migration = getClass().getResourceAsStream("/db/inventory/V2__item.sql")) {
      sql.update(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void whatIsReservedIsNoLongerInStock() throws SQLException {
    InventoryService.create(sql, new CreateItem("Laptop", 3));

    assertThat(InventoryService.reserve(sql, new Reserve(1, 7, 2)))
        .isEqualTo(Outcome.done(new Item(1, "Laptop", 1)));
    assertThat(InventoryService.find(sql, 1)).isEqualTo(Outcome.done(new Item(1, "Laptop", 1)));
  }

  @Test
  void moreThanIsInStockIsRefusedAndChangesNothing() throws SQLException {
    InventoryService.create(sql, new CreateItem("Laptop", 3));

    assertThat(InventoryService.reserve(sql, new Reserve(1, 7, 4)))
        .isEqualTo(
            Outcome.refused(ReplyStatus.CONFLICT, "item 1 has 3 in stock (expected: 4 at least)"));
    assertThat(InventoryService.find(sql, 1)).isEqualTo(Outcome.done(new Item(1, "Laptop", 3)));
    assertThat(InventoryService.reserve(sql, new Reserve(2, 7, 1)))
        .isEqualTo(Outcome.refused(ReplyStatus.NOT_FOUND, "there is no item 2"));
  }

  @Test
  void aPageSaysWhereTheNextOneBegins() throws SQLException {
    InventoryService.create(sql, new CreateItem("Laptop", 3));
    InventoryService.create(sql, new CreateItem("Mouse", 5));

    assertThat(InventoryService.list(sql, new Paging.Request(0, 1, 1000)))
        .isEqualTo(Outcome.done(new Items(List.of(new Item(1, "Laptop", 3)), 1L)));
    assertThat(InventoryService.list(sql, new Paging.Request(1, 1, 1000)))
        .isEqualTo(Outcome.done(new Items(List.of(new Item(2, "Mouse", 5)), null)));
  }
}
