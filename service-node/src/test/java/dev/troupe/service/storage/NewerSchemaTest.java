package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An older version of a service starts where a newer one has been. */
@ParameterizedClass
@EnumSource(Engine.class)
final class NewerSchemaTest {
  @Parameter Engine engine;
  @TempDir Path directory;

  @Test
  void versionsTakeTurnsWhenTheMigrationsAreCompatible() throws Exception {
    write(Notes.MIGRATIONS, "first");
    write("db/notes-added", "second");
    write(Notes.MIGRATIONS, "third");
    write("db/notes-added", "fourth");
    try (QueuedStorage storage = open("db/notes-added")) {
      storage.check();
      assertThat(Notes.all(storage)).containsExactly("first", "second", "third", "fourth");
    }
  }

  @Test
  void anIncompatibleMigrationIsNamed() throws Exception {
    open("db/notes-renamed").close();
    assertThatThrownBy(
            () -> {
              try (QueuedStorage storage = open(Notes.MIGRATIONS)) {
                storage.check();
              }
            })
        .hasMessageContaining("schema of version 2")
        .hasMessageContaining("knows up to 1")
        .hasMessageContaining("V2__title.sql is not compatible")
        .hasMessageContaining("-- compatible");
    open("db/notes-renamed").close();
  }

  private void write(String migrations, String text) throws Exception {
    try (QueuedStorage storage = open(migrations)) {
      Notes.join(storage.write(Notes.insert(text)));
    }
  }

  private QueuedStorage open(String migrations) throws Exception {
    return ServiceStorage.open(
        "Notes", engine.settings(directory), migrations, directory.resolve("temporary"));
  }
}
