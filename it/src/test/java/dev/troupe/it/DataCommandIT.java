package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/troupe data} over real processes, in a home where no cluster runs. */
final class DataCommandIT {
  private static final int FAILED = 1;
  private static final int ALREADY_RUNS = 4;
  private static final String STORES =
      """
      {"service":"UserService","migrations":"db/user","version":"3"}
      {"table":"users","row":{"id":7,"username":"ann","email":"ann@example.org","version":1}}
      {"table":"users","rows":1,"last_id":7}
      {"service":"OrderService","migrations":"db/order","version":"3"}
      {"end":true}
      """;

  @TempDir private Path directory;
  private Path home;
  private Path users;

  @BeforeEach
  void makeStores() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    users = home.resolve("data/UserService.db");
    Files.writeString(home.resolve("application.conf"), Cluster.THREE_SERVICES);
    Path lines = Files.writeString(directory.resolve("stores.jsonl"), STORES);
    assertDone(data("import", lines));
  }

  @Test
  void aBackupIsRestoredAndNamesEachFile() throws IOException {
    Path copies = directory.resolve("copies");
    Command backup = assertDone(data("backup", copies));
    assertThat(backup.output())
        .contains("UserService: copied " + users)
        .contains("OrderService: copied " + home.resolve("data/OrderService.db"))
        .contains("NotificationService: there is no ")
        .contains("Backed up 2 of 3 services to " + copies);
    Files.delete(users);

    Command restore = assertDone(data("restore", copies));

    assertThat(restore.output())
        .contains("restored %s from %s".formatted(users, copies.resolve("UserService.db")));
    assertThat(assertDone(data("export", directory.resolve("out.jsonl"))).output())
        .contains("UserService.users: 1 rows");
  }

  @Test
  void theBackupOfAnotherServiceIsRefusedBeforeAnythingIsReplaced() throws IOException {
    Path copies = directory.resolve("copies");
    assertDone(data("backup", copies));
    Files.copy(
        copies.resolve("OrderService.db"),
        copies.resolve("UserService.db"),
        StandardCopyOption.REPLACE_EXISTING);
    byte[] before = Files.readAllBytes(users);

    Command restore = data("restore", copies);

    assertThat(restore.exitCode()).as(restore.output()).isEqualTo(FAILED);
    assertThat(restore.output())
        .contains("UserService.db is the store of OrderService (expected: that of UserService)")
        .contains("Nothing was replaced");
    assertThat(users).hasBinaryContent(before);
  }

  @Test
  void whatCannotBeBackedUpIsAnErrorThatNamesIt() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(users.toFile(), "rw")) {
      bytes.seek(4096);
      bytes.write(new byte[8192]);
    }
    Path copies = directory.resolve("copies");
    Command damaged = data("backup", copies);
    assertThat(damaged.exitCode()).as(damaged.output()).isEqualTo(FAILED);
    assertThat(damaged.output()).contains(users + " is damaged", "No backup was made");
    assertThat(copies).doesNotExist();

    Files.move(home.resolve("data"), directory.resolve("elsewhere"));
    Command none = data("backup", copies);
    assertThat(none.exitCode()).as(none.output()).isEqualTo(FAILED);
    assertThat(none.output()).contains("no service of the settings has a store in " + home);
  }

  @Test
  void nothingIsRestoredUnderARunningCluster() throws IOException {
    Path copies = directory.resolve("copies");
    assertDone(data("backup", copies));
    byte[] before = Files.readAllBytes(users);
    try (FileChannel launcher =
            FileChannel.open(
                home.resolve("run/launcher.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = launcher.lock()) {
      assertThat(held.isValid()).isTrue();
      Command restore = data("restore", copies);
      assertThat(restore.exitCode()).as(restore.output()).isEqualTo(ALREADY_RUNS);
      assertThat(restore.output()).contains("Stop it first");
    }
    assertThat(users).hasBinaryContent(before);
  }

  private static Command assertDone(Command command) {
    assertThat(command.exitCode()).as(command.output()).isZero();
    return command;
  }

  private Command data(String what, Path where) {
    return Command.troupe(home, Map.of("TROUPE_NO_BUILD", "1"), "data", what, where.toString());
  }
}
