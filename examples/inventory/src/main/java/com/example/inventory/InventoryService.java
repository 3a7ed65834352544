package com.example.inventory;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ListPage;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items and how many of each are in stock. Users reserve some of them. */
public final class InventoryService implements Service {
  public record Item(long id, String name, int stock) {}

  public record CreateItem(
      @NotBlank @Size(max = 100) String name, @Min(0) @Max(1_000_000) int stock) {}

  public record GetItem(long id) {}

  public record ListItems(@Nullable Integer limit, @Nullable Long after) {}

  public record Items(List<Item> items, @Nullable Long next) {}

  public record Reserve(long id, long userId, @Min(1) @Max(1_000_000) int quantity) {}

  /** Published with each reservation. */
  public record ItemReserved(long itemId, long userId, int quantity) {}

  // As much of the action of UserService as this service reads.
  public record GetUser(long userId) {}

  public record User(long id) {}

  public record UserFound(User user) {}

  static final Action<GetUser, UserFound> GET_USER =
      Action.get("get_user", "/users/{user_id}", GetUser.class, UserFound.class);

  static final Action<GetItem, Item> GET =
      Action.get("get_item", "/items/{id}", GetItem.class, Item.class);

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    Storage storage = context.storage("db/inventory");
    Paging paging = Paging.from(context.settings());
    return ServiceDefinition.named("InventoryService")
        .publishes(ItemReserved.class, ItemReserved::itemId)
        .on(
            Action.post("create_item", "/items", CreateItem.class, Item.class)
                .location(GET, Item::id),
            (create, call) -> storage.write(call, sql -> create(sql, create)))
        .on(GET, (get, call) -> storage.read(call, sql -> find(sql, get.id())))
        .on(
            Action.get("list_items", "/items", ListItems.class, Items.class).paged(Items::next),
            (list, call) ->
                storage.read(call, sql -> list(sql, paging.request(list.limit(), list.after()))))
        .on(
            Action.post("reserve_item", "/items/{id}/reservations", Reserve.class, Item.class),
            (reserve, call) ->
                context
                    .call("UserService", GET_USER, new GetUser(reserve.userId()), call)
                    .flatMap(user -> storage.write(call, sql -> reserve(context, sql, reserve))))
        .build();
  }

  // Writes run one after the other: no two items get the same id.
  static Outcome<Item> create(Sql sql, CreateItem item) throws SQLException {
    return Outcome.done(
        sql.one(
            Item.class,
            "INSERT INTO item SELECT coalesce(max(id), 0) + 1, ?, ? FROM item RETURNING *",
            item.name(),
            item.stock()));
  }

  static Outcome<Item> find(Sql sql, long id) throws SQLException {
    return Outcome.found(
        sql.find(Item.class, "SELECT * FROM item WHERE id = ?", id), "there is no item " + id);
  }

  static Outcome<Items> list(Sql sql, Paging.Request page) throws SQLException {
    String query = "SELECT * FROM item WHERE id > ? ORDER BY id LIMIT ?";
    ListPage<Item> items = sql.page(page, Item.class, Item::id, query, page.after(), page.rows());
    return Outcome.done(new Items(items.items(), items.next()));
  }

  static Outcome<Item> reserve(ServiceContext context, Sql sql, Reserve reserve)
      throws SQLException {
    String update = "UPDATE item SET stock = stock - ? WHERE id = ? RETURNING *";
    return find(sql, reserve.id())
        .flatMap(
            item -> {
              if (item.stock() < reserve.quantity()) {
                return Outcome.refused(
                    ReplyStatus.CONFLICT,
                    "item %d has %d in stock (expected: %d at least)"
                        .formatted(item.id(), item.stock(), reserve.quantity()));
              }
              context.publish(
                  sql, new ItemReserved(item.id(), reserve.userId(), reserve.quantity()));
              return Outcome.done(sql.one(Item.class, update, reserve.quantity(), item.id()));
            });
  }
}
