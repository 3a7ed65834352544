package dev.troupe.testkit;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionHandler;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.service.NoContent;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Items in stock, which users can reserve. */
final class StockService implements Service {
  record FindUser(String userId) {}

  record User(String userId, String username) {}

  static final Action<FindUser, User> FIND_USER =
      Action.get("find_user", "/users/{user_id}", FindUser.class, User.class);

  record NewItem(String itemId, String name, long quantity) {}

  record FindItem(String itemId) {}

  record Reserve(String itemId, String userId, long quantity) {}

  record Item(String itemId, String name, long quantity, long version) {}

  record Label(String text, @Nullable String thread) {}

  record Reserved(String itemId, long quantity) {}

  /** What OrderService publishes. */
  record OrderCreated(Order order) {
    record Order(String product, long quantity) {}
  }

  static final Action<FindItem, Item> GET =
      Action.get("get_item", "/items/{item_id}", FindItem.class, Item.class).etag(Item::version);
  static final Action<NewItem, Item> CREATE =
      Action.post("create_item", "/items", NewItem.class, Item.class)
          .location(GET, Item::itemId)
          .etag(Item::version);
  static final Action<Reserve, Item> RESERVE =
      Action.patch("reserve", "/items/{item_id}", Reserve.class, Item.class)
          .etag(Item::version)
          .conditional();

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    Storage storage = context.storage("db/stock");
    String mark = context.settings().hasPath("mark") ? context.settings().getString("mark") : "";
    context.every(
        "restock",
        Duration.ofDays(1),
        call -> storage.write(sql -> sql.update("UPDATE items SET quantity = quantity + 100")));
    return ServiceDefinition.named("StockService")
        .publishes(Reserved.class, Reserved::itemId)
        .onEvent(
            "OrderService",
            OrderCreated.class,
            (created, call) ->
                storage.write(call, sql -> take(sql, created.order().product(), created.order())))
        .on(CREATE, (item, call) -> storage.write(call, sql -> create(sql, item)))
        .on(GET, (find, call) -> storage.read(call, sql -> find(sql, find.itemId())))
        .on(
            RESERVE,
            (reserve, call) ->
                user(context, reserve, call)
                    .flatMap(
                        user -> storage.write(call, sql -> reserve(context, sql, reserve, call))))
        .get(
            "label",
            "/items/{item_id}/label",
            FindItem.class,
            Label.class,
            ActionHandler.blocking(
                (find, call) ->
                    Outcome.done(
                        new Label(mark + find.itemId(), Thread.currentThread().getName()))))
        .get("broken", "/broken", NoInput.class, Label.class, nothing -> broken())
        .check(
            () -> {
              if (mark.isEmpty()) {
                throw new DegradedException("no mark");
              }
            })
        .build();
  }

  record NoInput() {}

  private static Label broken() {
    throw new IllegalStateException("broken");
  }

  private static OutcomeStage<User> user(
      ServiceContext context, Reserve reserve, CallContext call) {
    return context
        .call("UserService", FIND_USER, new FindUser(reserve.userId()), call)
        .onRefused(
            refused ->
                refused.status() == ReplyStatus.NOT_FOUND
                    ? Outcome.refused(ReplyStatus.REFUSED, "no user " + reserve.userId())
                    : refused);
  }

  private static Outcome<Item> create(Sql sql, NewItem item) throws SQLException {
    int added =
        sql.update(
            "INSERT INTO items VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING",
            item.itemId(),
            item.name(),
            item.quantity());
    return added == 1
        ? find(sql, item.itemId())
        : Outcome.refused(ReplyStatus.CONFLICT, item.name() + " is there already");
  }

  private static Outcome<Item> find(Sql sql, String itemId) throws SQLException {
    return Outcome.found(
        sql.find(Item.class, "SELECT * FROM items WHERE item_id = ?", itemId), "no item " + itemId);
  }

  private static Outcome<NoContent> take(Sql sql, String itemId, OrderCreated.Order order)
      throws SQLException {
    int taken =
        sql.update(
            "UPDATE items SET quantity = quantity - ? WHERE item_id = ?", order.quantity(), itemId);
    return taken == 1
        ? Outcome.done()
        : Outcome.refused(ReplyStatus.NOT_FOUND, "no item " + itemId);
  }

  private static Outcome<Item> reserve(
      ServiceContext context, Sql sql, Reserve reserve, CallContext call) throws SQLException {
    Outcome<Item> found = find(sql, reserve.itemId());
    if (found instanceof Outcome.Done<Item> done
        && !call.condition().isMetBy(done.value().version())) {
      return Outcome.changed("Item " + reserve.itemId(), done.value().version());
    }
    int changed =
        sql.update(
            "UPDATE items SET quantity = quantity - ?, version = version + 1"
                + " WHERE item_id = ? AND quantity >= ?",
            reserve.quantity(),
            reserve.itemId(),
            reserve.quantity());
    if (changed == 1) {
      context.publish(sql, new Reserved(reserve.itemId(), reserve.quantity()));
    }
    return changed == 1
        ? find(sql, reserve.itemId())
        : found.flatMap(item -> Outcome.refused(ReplyStatus.CONFLICT, "too few of " + item.name()));
  }
}
