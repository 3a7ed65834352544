package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogLevelsTest {
  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void setUp() {
    home = new Home(directory);
  }

  @Test
  void packagesAndClassesAreNamedWithOrWithoutQuotes() {
    Settings settings =
        home.load(
            "troupe.logs.levels { \"com.acme\" = DEBUG, com.acme.Chatty = warn, org.x { y = off } }");

    assertThat(settings.logs().levels().byName())
        .isEqualTo(
            Map.of(
                "com.acme",
                LogLevel.DEBUG,
                "com.acme.Chatty",
                LogLevel.WARN,
                "org.x.y",
                LogLevel.OFF));
  }

  @Test
  void aServiceHasLevelsOfItsOwnAndThoseOfItsDefaults() {
    Settings settings =
        home.load(
            "troupe.logs.levels { \"com.acme\" = DEBUG, \"com.b\" = INFO }",
            "troupe.service-defaults.logs.levels { \"com.c\" = WARN }",
            "troupe.services.A { class = a.A, logs.levels { \"com.acme\" = ERROR } }");

    LogLevels own = settings.service("A").orElseThrow().logLevels();

    assertThat(own.byName()).isEqualTo(Map.of("com.acme", LogLevel.ERROR, "com.c", LogLevel.WARN));
    assertThat(settings.logs().levels().with(own).byName())
        .isEqualTo(
            Map.of("com.acme", LogLevel.ERROR, "com.b", LogLevel.INFO, "com.c", LogLevel.WARN));
  }

  @Test
  void aLevelThatIsNoneIsNamedWithItsPlaceAndTheLevelsThereAre() {
    assertThat(home.problem("troupe.logs {", "  levels { com.acme = LOUD }", "}"))
        .isEqualTo(
            "application.conf:2: 'troupe.logs.levels.com.acme' is \"LOUD\""
                + " (expected: one of trace, debug, info, warn, error, off)");
    assertThat(home.problem("troupe.services.A { class = a.A", "logs.levels { a = 7 } }"))
        .isEqualTo(
            "application.conf:2: 'troupe.services.A.logs.levels.a' is 7"
                + " (expected: one of trace, debug, info, warn, error, off)");
  }

  @Test
  void aNameThatNoLoggerHasIsRefused() {
    assertThat(home.problem("troupe.logs.levels { \"com acme\" = DEBUG }"))
        .isEqualTo(
            "application.conf:1: 'com acme' is not the name of a package or a class"
                + " (expected for example: \"com.acme\" = DEBUG)");
    assertThat(home.problem("troupe.logs.levels { root = DEBUG }"))
        .contains("troupe.logs.level", "a name of a package");
  }

  @Test
  void aServiceHasNoOtherKeysOfLogs() {
    assertThat(home.problem("troupe.services.A { class = a.A, logs.level = DEBUG }"))
        .contains("unknown key 'troupe.services.A.logs.level'", "did you mean 'levels'?");
  }

  @Test
  void aPackageCoversItsClassesAndNoPackageThatOnlyBeginsAlike() {
    LogLevels levels = new LogLevels(Map.of("com.acme", LogLevel.DEBUG));

    assertThat(levels.cover("com.acme")).isTrue();
    assertThat(levels.cover("com.acme.Chatty")).isTrue();
    assertThat(levels.cover("com.acmes.Chatty")).isFalse();
  }
}
