package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user's file and the documentation say of the defaults is what they are. */
final class DocumentedSettingsTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final Path FILE = REPOSITORY.resolve("application.conf");
  private static final Path DOCUMENTATION = REPOSITORY.resolve("docs/configuration.md");

  // A default that is shown: '#' without a space. Prose has one.
  private static final Pattern SHOWN = Pattern.compile("(?m)^( *)#(?=[a-z])");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(troupe\\.[^`]+)` \\| `([^`]+)` \\| [^|]+ \\| [^|]+ \\|$");

  @Test
  void theFileShowsEveryKeyWithItsDefault() throws IOException {
    Config shown = ConfigFactory.parseString(withDefaultsActive()).resolve().getConfig("troupe");

    assertThat(leaves(shown.withoutPath("services"))).isEqualTo(defaults());
  }

  @Test
  void theFileSetsNothingButServices() throws IOException {
    Config set = ConfigFactory.parseString(Files.readString(FILE));

    assertThat(leaves(set.withoutPath("troupe.services"))).isEmpty();
    assertThat(set.getConfig("troupe.services").root())
        .containsOnlyKeys("UserService", "OrderService", "NotificationService");
  }

  @Test
  void theFileLoadsToTheSameSettingsWithItsDefaultsActive(@TempDir Path home) throws IOException {
    Home directory = new Home(home);

    Settings asItIs = directory.load(Files.readString(FILE));

    assertThat(directory.load(withDefaultsActive())).isEqualTo(asItIs);
    assertThat(asItIs.services())
        .extracting(ServiceSettings::name)
        .containsExactly("UserService", "NotificationService", "OrderService");
  }

  @Test
  void theDocumentationHasARowForEveryKeyWithItsDefault() throws IOException {
    String rows =
        ROW.matcher(Files.readString(DOCUMENTATION))
            .results()
            .map(DocumentedSettingsTest::assignment)
            .collect(Collectors.joining("\n"));

    assertThat(leaves(ConfigFactory.parseString(rows).resolve().getConfig("troupe")))
        .isEqualTo(defaults());
  }

  @Test
  void theDocumentationHasEveryEnvironmentVariable() throws IOException {
    String documentation = Files.readString(DOCUMENTATION);

    Environment.KEYS.forEach(
        (variable, key) ->
            assertThat(documentation).contains("| `" + variable + "` | `" + key + "` |"));
  }

  private static String assignment(MatchResult row) {
    return row.group(1) + " = " + row.group(2);
  }

  private static String withDefaultsActive() throws IOException {
    return SHOWN.matcher(Files.readString(FILE)).replaceAll("$1");
  }

  private static Map<String, Object> defaults() {
    Config defaults =
        ConfigFactory.parseResources(SettingsLoader.DEFAULTS).resolve().getConfig("troupe");
    return leaves(defaults.withoutPath("services"));
  }

  // Config.entrySet leaves empty blocks out, and "settings {}" and "levels {}" are such.
  private static Map<String, Object> leaves(Config config) {
    Map<String, Object> leaves = new TreeMap<>();
    collect("", config.root(), leaves);
    return leaves;
  }

  private static void collect(String path, ConfigObject block, Map<String, Object> leaves) {
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      String key = path + ConfigUtil.quoteString(entry.getKey()).replace("\"", "");
      if (entry.getValue() instanceof ConfigObject inner) {
        if (key.endsWith("settings") || key.endsWith("levels")) {
          leaves.put(key, inner.unwrapped());
        }
        collect(key + ".", inner, leaves);
        continue;
      }
      leaves.put(key, entry.getValue().unwrapped());
    }
  }
}
