package dev.troupe.service.outbox;

import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.notification.NotificationService.Sourced;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Sends notifications of what a service has written: each is stored in the same transaction, in the
 * table {@code outbox} that the service's migrations make, and sent on until NotificationService
 * has it, once.
 */
public final class Outbox {
  private final OutboxTable table;
  private final ActorRef<OutboxRelay.Command> relay;
  private final AtomicBoolean added;

  private Outbox(OutboxTable table, ActorRef<OutboxRelay.Command> relay, AtomicBoolean added) {
    this.table = table;
    this.relay = relay;
    this.added = added;
  }

  /** Begins to send the notifications in {@code storage}. */
  public static Outbox start(ServiceContext context, Storage storage) {
    OutboxTable table = new OutboxTable(context.slot());
    AtomicBoolean added = new AtomicBoolean();
    return new Outbox(
        table, context.spawn(OutboxRelay.create(context, storage, table, added), "outbox"), added);
  }

  /** Adds a notification in the transaction of the change that causes it. */
  public void add(Sql sql, Sourced notification) throws SQLException {
    table.add(sql, notification, Instant.now());
  }

  /** Wakes the relay. To be called after the commit. */
  public void wake() {
    if (!added.getAndSet(true)) {
      relay.tell(OutboxRelay.Wake.INSTANCE);
    }
  }
}
