package dev.troupe.service.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.user.UserService;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DataToolTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final String ALICE = "{\"username\":\"alice\",\"email\":\"a@example.org\"}";
  private static final String BOB = "{\"username\":\"bob\",\"email\":\"b@example.org\"}";

  @TempDir Path from;
  @TempDir Path into;

  @AfterAll
  static void stopSystem() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void allDataMovesToTheOtherEngineWithIdsAndStoredReplies(Engine engine) throws Exception {
    Engine other = engine == Engine.SQLITE ? Engine.POSTGRESQL : Engine.SQLITE;
    Answer first =
        withUsers(engine, from, client -> client.postUnderKey("k1", "create_user", ALICE));
    // As if users up to 7 had been there and were deleted.
    String exported =
        exportFrom(settings(engine, from)).replaceFirst("(\"users\".*\"last_id\":)1", "$1" + 7);
    assertThat(exported).contains("\"last_id\":7");

    Settings target = settings(other, into);
    importInto(target, exported);
    assertThat(withoutLastIds(exportFrom(target))).isEqualTo(withoutLastIds(exported));

    withUsers(
        other,
        into,
        client -> {
          Answer again = client.postUnderKey("k1", "create_user", ALICE);
          assertThat(again.body().get("user")).isEqualTo(first.body().get("user"));
          Answer next = client.post("create_user", BOB);
          assertThat(next.status()).isEqualTo(ReplyStatus.CREATED);
          assertThat(next.body().at("/user/id").asLong()).isEqualTo(8);
          return next;
        });
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aStoreThatHasDataIsLeftAlone(Engine engine) throws Exception {
    withUsers(engine, from, client -> client.post("create_user", ALICE));
    Settings settings = settings(engine, from);
    String exported = exportFrom(settings);
    assertThatThrownBy(() -> importInto(settings, exported))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("UserService: table users has rows already");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void anImportThatLacksARowChangesNothing(Engine engine) throws Exception {
    withUsers(Engine.SQLITE, from, client -> client.post("create_user", ALICE));
    String exported = exportFrom(settings(Engine.SQLITE, from));
    Settings target = settings(engine, into);
    String short1 = exported.replace("\"rows\":1", "\"rows\":2");
    assertThatThrownBy(() -> importInto(target, short1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("table users got 1 rows (expected: 2)");
    String cut = exported.substring(0, exported.indexOf("{\"end\""));
    assertThatThrownBy(() -> importInto(target, cut)).hasMessageContaining("export it again");
    importInto(target, exported);
  }

  @Test
  void anExportOfNothingIsAnErrorAndOneOfADamagedFileNamesIt() throws Exception {
    Settings settings = settings(Engine.SQLITE, from);
    assertThatThrownBy(() -> exportFrom(settings))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nothing to export");
    Path file = from.resolve("UserService.db");
    Files.writeString(file, "no database".repeat(999));
    assertThatThrownBy(() -> exportFrom(settings)).hasMessageStartingWith(file + " is damaged");
  }

  @Test
  void anotherVersionOfTheSchemaIsRefused() throws Exception {
    withUsers(Engine.SQLITE, from, client -> client.post("create_user", ALICE));
    String exported =
        exportFrom(settings(Engine.SQLITE, from))
            .replaceFirst("\"version\":\"[0-9]+\"", "\"version\":\"99\"");
    assertThatThrownBy(() -> importInto(settings(Engine.SQLITE, into), exported))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("schema version 99");
  }

  private interface Use {
    Answer of(ServiceClient client) throws Exception;
  }

  private static Answer withUsers(Engine engine, Path directory, Use use) throws Exception {
    try (FakeServiceContext context =
        new FakeServiceContext("UserService-1", kit.system(), engine, directory)) {
      return use.of(new ServiceClient(kit, context.start(kit, new UserService())));
    }
  }

  private static Settings settings(Engine engine, Path directory) throws Exception {
    StringBuilder text =
        new StringBuilder("troupe.services.UserService.class = " + UserService.class.getName())
            .append("\ntroupe.storage.directory = \".\"\n");
    ServerSettings server = engine.settings(directory).server();
    if (server != null) {
      text.append("troupe.storage.url = \"").append(server.url().value()).append("\"\n");
    }
    Files.writeString(directory.resolve(SettingsLoader.FILE), text);
    return SettingsLoader.load(directory, Map.of());
  }

  private static String exportFrom(Settings settings) throws Exception {
    StringWriter out = new StringWriter();
    new DataExport(settings, quiet()).to(out);
    return out.toString();
  }

  private static void importInto(Settings settings, String lines) throws Exception {
    new DataImport(settings, quiet()).from(new BufferedReader(new StringReader(lines)));
  }

  // Not every engine remembers one for every table.
  private static String withoutLastIds(String exported) {
    return exported.replaceAll(",\"last_id\":[0-9]+", "");
  }

  private static PrintStream quiet() {
    return new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
  }
}
