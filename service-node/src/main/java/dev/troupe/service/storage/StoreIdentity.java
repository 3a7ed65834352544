package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a store says of itself.
 *
 * @param id of the store; nothing in one that only earlier versions have opened
 * @param service whose store it is; nothing in one that only earlier versions have opened
 * @param migrations the class path folder its schema came from, like {@code db/user}
 */
record StoreIdentity(Optional<String> id, Optional<String> service, Optional<String> migrations) {
  static final StoreIdentity UNKNOWN =
      new StoreIdentity(Optional.empty(), Optional.empty(), Optional.empty());

  static StoreIdentity read(Database database, Connection connection) throws SQLException {
    Optional<StoreIdRow> mark = StoreIdRow.read(database, connection);
    return new StoreIdentity(
        mark.map(StoreIdRow::id),
        mark.map(StoreIdRow::service),
        SchemaMarker.read(database, connection).map(SchemaMarker::migrations));
  }

  /** The same with the id that is noted beside the file, which outlives the file. */
  StoreIdentity noted(Optional<String> notedId) {
    return new StoreIdentity(notedId.or(() -> id), service, migrations);
  }

  /**
   * Whether a copy that says this of itself may take the place of a store.
   *
   * @param name of the service whose store it is
   * @param present what is there now
   * @return why not: what the copy is, and what was expected
   */
  Optional<String> whyNotInPlaceOf(String name, StoreIdentity present) {
    if (migrations.isEmpty()) {
      return Optional.of("is not the store of a service (expected: the store of " + name + ")");
    }
    if (service.isPresent() && !service.get().equals(name)) {
      return Optional.of(
          "is the store of %s (expected: that of %s)".formatted(service.get(), name));
    }
    if (present.migrations().isPresent() && !migrations.equals(present.migrations())) {
      return Optional.of(
          "has the tables of %s (expected: those of %s, which the store of %s has)"
              .formatted(migrations.get(), present.migrations().get(), name));
    }
    if (id.isPresent() && present.id().isPresent() && !id.equals(present.id())) {
      return Optional.of(
          "is another store of %s: its id is %s (expected: %s)"
              .formatted(name, id.get(), present.id().get()));
    }
    return Optional.empty();
  }
}
