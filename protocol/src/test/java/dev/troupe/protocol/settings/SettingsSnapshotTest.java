package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsSnapshotTest {
  @TempDir private Path home;

  @BeforeEach
  void settings() throws IOException {
    write(
        """
        include "more.conf"
        troupe {
          storage.directory = "data1"
          gateway.host = ${?NO_SUCH_VARIABLE}
          services.A {
            class = a.A
            request-timeout = ${troupe.health.heartbeat-timeout}
            settings {
              channels = [
                { kind = smtp }
                { kind = "log\\nged" }
              ]
            }
          }
        }
        pekko.loglevel = DEBUG
        """);
    Files.writeString(home.resolve("more.conf"), "troupe.restart.max-restarts = 7");
  }

  @Test
  void theSettingsStayAsTheyWereTakenWhateverBecomesOfFileAndEnvironment() throws IOException {
    Map<String, String> environment =
        Map.of("GATEWAY_PORT", "81", "HEARTBEAT_TIMEOUT", "7", "TROUPE_STORAGE_PASSWORD", "s3cret");
    SettingsSnapshot.take(home, environment).write();
    Settings before = SettingsLoader.load(home, environment);

    write("troupe { storage.directory = \"data2\" ");
    Files.delete(home.resolve("more.conf"));

    assertThat(SettingsSnapshot.read(home).settings()).isEqualTo(before);
    assertThat(before.restart().maxRestarts()).isEqualTo(7);
    assertThat(before.services().get(0).calls().requestTimeout()).hasSeconds(7);
  }

  @Test
  void aValueIsStillNamedByTheFileAndLineItCameFrom() throws IOException {
    SettingsSnapshot.take(home, Map.of("GATEWAY_PORT", "81")).write();

    Config service = SettingsSnapshot.read(home).settings().services().get(0).settings();

    String file = home.resolve(SettingsLoader.FILE).toString();
    Section section = Section.of("settings", service.getConfigList("channels").get(1));
    assertThat(section.problem("kind", "no such kind")).hasMessage(file + ":11: no such kind");
    assertThat(Section.of("settings", service).problem("absent", "is needed").getMessage())
        .startsWith(file + ":");
  }

  @Test
  void aKeyThatAServiceLacksIsNamedByTheBlockOfTheService() throws IOException {
    write(
        "troupe.services {\n  A {\n    class = a.A\n  }\n  B { class = b.B\n settings {\n } }\n}");
    SettingsSnapshot.take(home, Map.of()).write();
    List<ServiceSettings> services = SettingsSnapshot.read(home).settings().services();

    String file = home.resolve(SettingsLoader.FILE).toString();
    assertThat(Section.of("settings", services.get(0).settings()).problem("absent", "is needed"))
        .hasMessage(file + ":2: is needed");
    assertThat(Section.of("settings", services.get(1).settings()).problem("absent", "is needed"))
        .hasMessage(file + ":6: is needed");
    assertThatThrownBy(() -> services.get(0).settings().getString("absent"))
        .hasMessageStartingWith(file + ": 2:");
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    SettingsSnapshot.take(home, Map.of()).write();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot())))
        .isEqualTo("rw-------");
  }

  @Test
  void anotherValueInTheFileIsADifferenceAndAnotherCommentIsNone() throws IOException {
    SettingsSnapshot.take(home, Map.of("GATEWAY_PORT", "81")).write();
    SettingsSnapshot snapshot = SettingsSnapshot.read(home);
    String text = Files.readString(home.resolve(SettingsLoader.FILE));
    assertThat(snapshot.differsFromFile()).isFalse();

    write("# a comment\n" + text);
    assertThat(snapshot.differsFromFile()).isFalse();
    write(text.replace("data1", "data2"));
    assertThat(snapshot.differsFromFile()).isTrue();
    write("troupe {");
    assertThat(snapshot.differsFromFile()).isTrue();
    write(text);
    assertThat(snapshot.differsFromFile()).isFalse();
    Files.writeString(home.resolve("more.conf"), "troupe.restart.max-restarts = 8");
    assertThat(snapshot.differsFromFile()).isTrue();
  }

  @Test
  void aLostOrDamagedFileIsWrittenAgain() throws IOException {
    SettingsSnapshot snapshot = SettingsSnapshot.take(home, Map.of());
    snapshot.write();
    String text = Files.readString(snapshot());

    Files.delete(snapshot());
    Files.delete(snapshot().getParent());
    assertThat(snapshot.current()).isSameAs(snapshot);
    assertThat(snapshot()).hasContent(text);

    Files.writeString(snapshot(), text.replace("data1", "data2"));
    assertThatThrownBy(() -> SettingsSnapshot.read(home))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("bin/troupe down");
    assertThat(snapshot.current()).isSameAs(snapshot);
    assertThat(SettingsSnapshot.read(home).settings()).isEqualTo(snapshot.settings());
  }

  @Test
  void aLaterSnapshotHolds() throws IOException {
    SettingsSnapshot first = SettingsSnapshot.take(home, Map.of());
    first.write();
    SettingsSnapshot later = SettingsSnapshot.take(home, Map.of("MAX_RESTART_ATTEMPTS", "9"));
    later.write();

    assertThat(first.current().settings()).isEqualTo(later.settings());
    assertThat(SettingsSnapshot.read(home).settings()).isEqualTo(later.settings());
  }

  @Test
  void withoutOneThereIsNone() {
    assertThat(SettingsSnapshot.find(home)).isEmpty();
    assertThatThrownBy(() -> SettingsSnapshot.read(home)).hasMessageContaining("settings.conf");
  }

  private Path snapshot() {
    return home.resolve("run/settings.conf");
  }

  private void write(String text) throws IOException {
    Files.writeString(home.resolve(SettingsLoader.FILE), text);
  }
}
