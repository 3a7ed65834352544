package dev.troupe.service.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.service.Storage;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class SqlTest {
  private static final String INSERT =
      "INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  @Parameter Engine engine;
  @TempDir Path directory;
  private QueuedStorage storage;

  enum Size {
    SMALL,
    VERY_LARGE
  }

  record Thing(
      long thingId,
      int count,
      boolean isNew,
      double weight,
      String name,
      BigDecimal price,
      UUID code,
      Instant madeAt,
      LocalDate soldOn,
      Size size,
      @Nullable Long ownerId) {}

  record Owned(long thingId, long ownerId) {}

  record Missing(long thingId, String colour) {}

  record Sized(Size name) {}

  record Listed(List<String> names) {}

  @BeforeEach
  void open() throws Exception {
    storage =
        ServiceStorage.open(
            "Notes", engine.settings(directory), "db/notes", directory.resolve("temporary"));
    write(
        sql ->
            sql.update(
                "CREATE TABLE things (thing_id BIGINT, count INTEGER, is_new BOOLEAN, weight DOUBLE"
                    + " PRECISION, name TEXT, price TEXT, code TEXT, made_at BIGINT, sold_on TEXT,"
                    + " size TEXT, owner_id BIGINT)"));
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private <T> T write(Storage.Work<T> work) {
    return storage.write(work).toCompletableFuture().join();
  }

  private static Thing thing(long id, @Nullable Long owner) {
    return new Thing(
        id,
        -7,
        true,
        0.25,
        "tea ☕",
        new BigDecimal("12345678901234567.89"),
        UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
        Instant.parse("2026-01-31T12:00:00.123Z"),
        LocalDate.parse("2026-02-01"),
        Size.VERY_LARGE,
        owner);
  }

  private static @Nullable Object[] parameters(Thing thing) {
    return new @Nullable Object[] {
      thing.thingId(),
      thing.count(),
      thing.isNew(),
      thing.weight(),
      thing.name(),
      thing.price().toString(),
      thing.code(),
      thing.madeAt(),
      thing.soldOn(),
      thing.size(),
      thing.ownerId()
    };
  }

  @Test
  void whatIsStoredIsFoundAsItWas() {
    Thing found =
        write(
            sql -> {
              sql.update(INSERT, parameters(thing(1, null)));
              return sql.one(Thing.class, "SELECT * FROM things WHERE thing_id = ?", 1);
            });

    assertThat(found).isEqualTo(thing(1, null));
  }

  @Test
  void aRowIsFoundByEveryKindOfParameter() {
    Thing thing = thing(1, 5L);
    int found =
        write(
            sql -> {
              sql.update(INSERT, parameters(thing));
              return sql.one(
                  row -> row.getInt(1),
                  "SELECT count(*) FROM things WHERE thing_id = ? AND count = ? AND is_new = ? AND"
                      + " weight = ? AND name = ? AND price = ? AND code = ? AND made_at = ? AND"
                      + " sold_on = ? AND size = 'very_large' AND size = ? AND owner_id = ?",
                  parameters(thing));
            });

    assertThat(found).isEqualTo(1);
  }

  @Test
  void manyRowsAreWrittenAtOnceAndListedInOrder() {
    List<Owned> owned =
        write(
            sql -> {
              sql.batch(INSERT, List.of(thing(1, 5L), thing(2, 6L)), SqlTest::parameters);
              return sql.list(
                  Owned.class, "SELECT owner_id, thing_id FROM things ORDER BY thing_id DESC");
            });

    assertThat(owned).containsExactly(new Owned(2, 6), new Owned(1, 5));
  }

  @Test
  void anUpdateTellsHowManyRowsItChanged() {
    write(
        sql -> {
          sql.batch(INSERT, List.of(thing(1, 5L), thing(2, 6L)), SqlTest::parameters);
          assertThat(sql.update("UPDATE things SET count = 0 WHERE thing_id > ?", 0)).isEqualTo(2);
          assertThat(sql.update("DELETE FROM things WHERE thing_id = ?", 9)).isZero();
          return sql.update("UPDATE things SET owner_id = ?", (Object) null);
        });
  }

  @Test
  void whatIsNotThereIsEmptyOrAnErrorThatNamesTheStatement() {
    write(
        sql -> {
          assertThat(sql.find(Owned.class, "SELECT * FROM things")).isEmpty();
          assertThat(sql.find(row -> 1, "SELECT * FROM things")).isEmpty();
          assertThat(sql.list(row -> 1, "SELECT * FROM things")).isEmpty();
          assertThatThrownBy(() -> sql.one(Owned.class, "SELECT * FROM things"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("no row (expected: one): SELECT * FROM things");
          return 0;
        });
  }

  @Test
  void whatDoesNotFitIsNamedWithTheColumnAndTheComponent() {
    write(
        sql -> {
          sql.update(INSERT, parameters(thing(1, null)));
          assertRefused(
              () -> sql.one(Owned.class, "SELECT * FROM things"),
              "column owner_id is NULL, but ownerId of " + Owned.class.getName());
          assertRefused(
              () -> sql.one(Sized.class, "SELECT name FROM things"),
              "column name cannot be name of %s: 'tea ☕' is none of [small, very_large]"
                  .formatted(Sized.class.getName()));
          assertRefused(
              () -> sql.one(Listed.class, "SELECT name AS names FROM things"),
              "component names is a List, which no column can be");
          assertRefused(
              () -> sql.update("DELETE FROM things WHERE name = ?", List.of("a")),
              "parameter 1 is a java.util");
          return 0;
        });
  }

  @Test
  void aColumnThatIsNotSelectedIsNamed() {
    assertThatThrownBy(
            () ->
                write(
                    sql -> {
                      sql.update(INSERT, parameters(thing(1, null)));
                      return sql.one(Missing.class, "SELECT * FROM things");
                    }))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no column colour for colour of %s: select it, or name one so with AS",
            Missing.class.getName());
  }

  @FunctionalInterface
  private interface Statement {
    void run() throws SQLException;
  }

  private static void assertRefused(Statement statement, String message) {
    assertThatThrownBy(statement::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theConnectionIsThereForTheRest() {
    boolean closed = write(sql -> sql.connection().isClosed());

    assertThat(closed).isFalse();
  }
}
