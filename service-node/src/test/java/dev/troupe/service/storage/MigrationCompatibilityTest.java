package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MigrationCompatibilityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE);",
        "create table if not exists a (id integer);\n\ncreate index i on a (id)",
        "CREATE INDEX IF NOT EXISTS i ON a (b); CREATE VIEW v AS SELECT b FROM a;",
        "ALTER TABLE a ADD COLUMN b TEXT",
        "ALTER TABLE a ADD b NUMERIC(10, 2) NOT NULL DEFAULT 0;",
        "ALTER TABLE a\n  ADD COLUMN IF NOT EXISTS b TEXT DEFAULT 'it''s; UNIQUE' -- DROP; it\n;",
        "/* not unique;\n DROP */ CREATE TABLE \"a;b\" (id INTEGER);",
        "-- compatible\nDROP TABLE a;",
        "\n-- About names.\n--  Compatible: nobody reads the table\nDROP TABLE a;"
      })
  void olderVersionsWorkWith(String sql) {
    assertThat(MigrationCompatibility.isCompatible(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE a;",
        "CREATE TABLE b (id INTEGER); INSERT INTO b SELECT id FROM a; DROP TABLE a;",
        "CREATE UNIQUE INDEX i ON a (b);",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;",
        "ALTER TABLE a ADD COLUMN b TEXT NOT NULL;",
        "ALTER TABLE a ADD COLUMN b TEXT NOT NULL -- DEFAULT 'x'\n",
        "ALTER TABLE a ADD COLUMN b INTEGER REFERENCES c (id);",
        "ALTER TABLE a ADD CONSTRAINT positive CHECK (b > 0);",
        "ALTER TABLE a ADD COLUMN b TEXT, DROP COLUMN c;",
        "ALTER TABLE a RENAME COLUMN b TO c;",
        "UPDATE a SET b = 1;",
        "-- incompatible\nCREATE TABLE a (id INTEGER);",
        "-- compatibility is unknown\nDROP TABLE a;",
        "DROP TABLE a;\n-- compatible",
        "CREATE TABLE a (b TEXT DEFAULT ';'); DROP TABLE c"
      })
  void olderVersionsDoNotWorkWith(String sql) {
    assertThat(MigrationCompatibility.isCompatible(sql)).isFalse();
  }
}
