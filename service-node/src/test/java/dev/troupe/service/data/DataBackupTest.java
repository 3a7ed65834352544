package dev.troupe.service.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.service.order.OrderService;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import dev.troupe.service.user.UserService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a home with a store of users and one of orders. */
final class DataBackupTest {
  private static final int SOME_PAGES = 100;

  @TempDir Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Path home;
  private Path copies;
  private Settings settings;

  @BeforeEach
  void settings() throws IOException {
    copies = directory.resolve("copies");
    home = Files.createDirectory(directory.resolve("home"));
    settings = settings(home);
  }

  @Test
  void aBackupOfAStoreInUseReplacesWhatWasWrittenSince() throws Exception {
    try (QueuedStorage users = open("UserService", "db/user")) {
      insert(users, "alice");
      backup();
      insert(users, "bob");
    }
    assertThat(said())
        .contains("UserService: copied " + users())
        .contains("OrderService: there is no " + orders() + ", nothing to copy")
        .contains("Backed up 1 of 2 services to " + copies);
    // As a process that was killed leaves it.
    Files.write(Path.of(users() + "-wal"), new byte[] {1, 2, 3});

    restore(copies);

    assertThat(said())
        .contains("restored %s from %s; what was there".formatted(users(), copy("UserService")))
        .contains("OrderService: there is no " + copy("OrderService"));
    assertThat(names()).containsExactly("alice");
    assertThat(replaced())
        .contains("UserService.db", "UserService.db-wal", "UserService.store")
        .doesNotContain("UserService.db.restoring");
  }

  @Test
  void theStoreOfAnotherServiceIsRefusedAndNothingIsReplaced() throws Exception {
    fillBoth();
    backup();
    Files.copy(copy("OrderService"), copy("UserService"), StandardCopyOption.REPLACE_EXISTING);
    byte[] before = Files.readAllBytes(orders());

    assertThatThrownBy(() -> restore(copies))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            copy("UserService") + " is the store of OrderService (expected: that of UserService)")
        .hasMessageContaining("Use a directory that data backup wrote")
        .hasMessageEndingWith("Nothing was replaced");
    assertThat(names()).containsExactly("alice");
    assertThat(orders()).hasBinaryContent(before);
    assertThat(replaced()).isEmpty();
    assertThat(Path.of(users() + ".restoring")).doesNotExist();

    // Of an earlier version, which did not say whose it is; the tables tell.
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy("UserService"));
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE troupe_store");
    }
    assertThatThrownBy(() -> restore(copies))
        .hasMessageContaining("has the tables of db/order (expected: those of db/user");
    assertThat(names()).containsExactly("alice");
  }

  @Test
  void anotherStoreOfTheSameServiceIsRefusedUntilThePresentOneIsMovedAway() throws Exception {
    fillBoth();
    backup();
    Path otherHome = Files.createDirectory(directory.resolve("other"));
    home = otherHome;
    settings = settings(otherHome);
    try (QueuedStorage users = open("UserService", "db/user")) {
      insert(users, "carol");
    }

    assertThatThrownBy(() -> restore(copies))
        .hasMessageContaining("is another store of UserService: its id is ")
        .hasMessageContaining("move " + users());
    assertThat(names()).containsExactly("carol");

    for (String name : List.of("UserService.db", "UserService.store")) {
      Files.move(home.resolve(name), directory.resolve(name));
    }
    restore(copies);
    assertThat(names()).containsExactly("alice");
  }

  @Test
  void whereAnotherStoreWasPutTheRightBackupIsStillTaken() throws Exception {
    fillBoth();
    backup();
    Files.copy(orders(), users(), StandardCopyOption.REPLACE_EXISTING);

    restore(copies);

    assertThat(names()).containsExactly("alice");
  }

  @Test
  void aDamagedOrUnreadableCopyReplacesNothing() throws Exception {
    fillBoth();
    backup();
    damage(copy("OrderService"));

    assertThatThrownBy(() -> restore(copies))
        .hasMessageStartingWith(copy("OrderService") + " is damaged. Use another backup");
    assertThat(replaced()).isEmpty();

    Files.writeString(copy("OrderService"), "no database".repeat(999));
    assertThatThrownBy(() -> restore(copies))
        .hasMessageStartingWith(copy("OrderService") + " is damaged");
    Files.write(copy("OrderService"), new byte[0]);
    assertThatThrownBy(() -> restore(copies)).hasMessageContaining("is not the store of a service");
    assertThat(names()).containsExactly("alice");
    assertThat(replaced()).isEmpty();
  }

  @Test
  void whatCannotBeCopiedBesideTheStoreReplacesNothing() throws Exception {
    fillBoth();
    backup();
    Files.createDirectories(Path.of(orders() + ".restoring").resolve("in the way"));

    assertThatThrownBy(() -> restore(copies))
        .hasMessageStartingWith(copy("OrderService") + " cannot be copied to " + orders())
        .hasMessageEndingWith("Nothing was replaced");
    assertThat(replaced()).isEmpty();
  }

  @Test
  void aRestoreThatWasKilledInTheMiddleIsMendedByAnother() throws Exception {
    fillBoth();
    backup();
    Files.delete(users());
    Files.write(Path.of(users() + ".restoring"), new byte[] {1, 2, 3});

    restore(copies);

    assertThat(names()).containsExactly("alice");
  }

  @Test
  void aDamagedStoreIsNamedAndLeavesNoHalfBackup() throws Exception {
    fillBoth();
    damage(orders());

    assertThatThrownBy(this::backup)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(orders() + " is damaged")
        .hasMessageEndingWith("No backup was made");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(home);
    }
  }

  @Test
  void aStoreThatWasLostOrExchangedIsNotBackedUpInSilence() throws Exception {
    fillBoth();
    Path kept = Files.move(orders(), directory.resolve("kept.db"));
    assertThatThrownBy(this::backup).hasMessageContaining(orders() + " is missing");
    Files.copy(users(), orders());
    assertThatThrownBy(this::backup).hasMessageContaining(orders() + " holds another store");
    Files.delete(home.resolve("OrderService.store"));
    assertThatThrownBy(this::backup)
        .hasMessageContaining("is the store of UserService (expected: that of OrderService)");
    Files.delete(orders());
    Files.move(kept, orders());
    backup();
  }

  @Test
  void aHomeWithoutStoresHasNothingToBackUp() {
    assertThatThrownBy(this::backup)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no service of the settings has a store in " + home);
    assertThat(copies).doesNotExist();
  }

  @Test
  void whatIsNoBackupIsRefused() throws Exception {
    fillBoth();
    assertThatThrownBy(() -> restore(directory.resolve("nowhere")))
        .hasMessageContaining("nowhere holds no store of a service");
    backup();
    assertThatThrownBy(this::backup).hasMessageContaining("is there already");
  }

  @Test
  void halfABackupThatWasKilledIsDeletedByTheNext() throws Exception {
    fillBoth();
    Path abandoned = directory.resolve("copies.999999999.partial");
    Files.write(Files.createDirectory(abandoned).resolve("UserService.db"), new byte[] {1});
    backup();
    assertThat(abandoned).doesNotExist();
  }

  private void fillBoth() throws Exception {
    try (QueuedStorage users = open("UserService", "db/user");
        QueuedStorage orders = open("OrderService", "db/order")) {
      insert(users, "alice");
      for (int i = 0; i < SOME_PAGES; i++) {
        orders
            .write(
                sql -> {
                  try (Statement insert = sql.connection().createStatement()) {
                    return insert.executeUpdate(
                        "INSERT INTO orders (user_id, product, quantity, status) VALUES"
                            + " (1, hex(randomblob(500)), 1, 'created')");
                  }
                })
            .toCompletableFuture()
            .join();
      }
    }
  }

  private static void insert(QueuedStorage users, String name) {
    users
        .write(
            sql -> {
              try (PreparedStatement insert =
                  sql.connection()
                      .prepareStatement(
                          "INSERT INTO users (username, email) VALUES (?, 'a@example.org')")) {
                insert.setString(1, name);
                return insert.executeUpdate();
              }
            })
        .toCompletableFuture()
        .join();
  }

  private List<String> names() throws Exception {
    try (QueuedStorage users = open("UserService", "db/user")) {
      return users
          .read(
              sql -> {
                try (Statement statement = sql.connection().createStatement();
                    var rows = statement.executeQuery("SELECT username FROM users ORDER BY id")) {
                  List<String> names = new ArrayList<>();
                  while (rows.next()) {
                    names.add(rows.getString(1));
                  }
                  return names;
                }
              })
          .toCompletableFuture()
          .join();
    }
  }

  private QueuedStorage open(String service, String migrations) throws Exception {
    return ServiceStorage.open(service, settings.storage(), migrations, home.resolve("tmp"));
  }

  private static void damage(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2 / 4096 * 4096);
      bytes.write(new byte[12_000]);
    }
  }

  private List<String> replaced() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(file -> file.getParent().getFileName().toString().startsWith("replaced-"))
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }

  private Path users() {
    return home.resolve("UserService.db");
  }

  private Path orders() {
    return home.resolve("OrderService.db");
  }

  private Path copy(String service) {
    return copies.resolve(service + ".db");
  }

  private void backup() throws Exception {
    new DataBackup(settings, new PrintStream(said, true, UTF_8)).to(copies);
  }

  private void restore(Path from) throws Exception {
    new DataRestore(settings, new PrintStream(said, true, UTF_8)).from(from);
  }

  private String said() {
    return said.toString(UTF_8);
  }

  private static Settings settings(Path home) throws IOException {
    Files.writeString(
        home.resolve(SettingsLoader.FILE),
        """
        troupe.services { UserService.class = %s, OrderService.class = %s }
        troupe.storage.directory = "."
        """
            .formatted(UserService.class.getName(), OrderService.class.getName()));
    return SettingsLoader.load(home, Map.of());
  }
}
