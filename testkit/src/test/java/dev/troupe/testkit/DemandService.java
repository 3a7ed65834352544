package dev.troupe.testkit;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.NoContent;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Knows how much of each item is in demand: the service from which docs/service-guide.md quotes.
 */
final class DemandService implements Service {
  record ItemReserved(long itemId, long quantity) {}

  record FindDemand(long itemId) {}

  record Demand(long itemId, long quantity) {}

  record Caller(String id, String languages, boolean known) {}

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    Storage storage = context.storage("db/demand");
    context.every("expire", Duration.ofMinutes(5), call -> storage.write(sql -> expire(sql)));
    return ServiceDefinition.named("DemandService")
        .onEvent(
            "InventoryService",
            ItemReserved.class,
            (reserved, call) ->
                storage.write(call, sql -> count(sql, reserved.itemId(), reserved.quantity())))
        .get(
            "get_demand",
            "/demand/{item_id}",
            FindDemand.class,
            Demand.class,
            (find, call) -> storage.read(call, sql -> find(sql, find.itemId())))
        .on(
            Action.get("get_caller", "/caller", NoInput.class, Caller.class)
                .headers("Accept-Language"),
            (nothing, call) ->
                Outcome.done(
                    new Caller(
                        call.requestId(),
                        call.header("Accept-Language").orElse("-"),
                        call.principal().isPresent())))
        .build();
  }

  record NoInput() {}

  private static Outcome<NoContent> count(Sql sql, long itemId, long quantity) throws SQLException {
    sql.update(
        "INSERT INTO demand (item_id, quantity) VALUES (?, ?) ON CONFLICT (item_id)"
            + " DO UPDATE SET quantity = demand.quantity + excluded.quantity",
        itemId,
        quantity);
    return Outcome.done();
  }

  private static Outcome<Demand> find(Sql sql, long itemId) throws SQLException {
    return Outcome.found(
        sql.find(Demand.class, "SELECT item_id, quantity FROM demand WHERE item_id = ?", itemId),
        "nobody wants item " + itemId);
  }

  private static int expire(Sql sql) throws SQLException {
    return sql.update("DELETE FROM demand WHERE quantity < 2");
  }
}
