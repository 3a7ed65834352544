package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MigrationFilesTest {
  @Test
  void otherFilesHaveAnotherFingerprint() throws Exception {
    assertThat(MigrationFiles.fingerprint("db/notes/sqlite"))
        .isEqualTo(MigrationFiles.fingerprint("db/notes/sqlite"))
        .isNotEqualTo(MigrationFiles.fingerprint("db/broken"))
        .isNotEqualTo(MigrationFiles.UNKNOWN);
  }

  @Test
  void filesInJarsHaveAFingerprint() throws Exception {
    assertThat(MigrationFiles.fingerprint("org/flywaydb/core/internal/database/sqlite"))
        .isNotEqualTo(MigrationFiles.UNKNOWN);
  }

  @Test
  void anEngineHasAFolderOfItsOwnOrSharesThatOfAll() throws Exception {
    assertThat(MigrationFiles.folderFor("sqlite", "db/user")).isEqualTo("db/user/sqlite");
    assertThat(MigrationFiles.folderFor("sqlite", "db/notes/sqlite")).isEqualTo("db/notes/sqlite");
  }

  @Test
  void noFilesHaveNone() throws Exception {
    assertThat(MigrationFiles.fingerprint("db/nowhere")).isEqualTo(MigrationFiles.UNKNOWN);
  }
}
