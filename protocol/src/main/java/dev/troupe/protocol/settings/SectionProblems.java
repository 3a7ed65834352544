package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Set;

/** Words what is wrong with one block of the settings: the place, the problem and a way out. */
final class SectionProblems {
  private static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise();
  private static final int LONGEST_SHOWN = 60;

  private final String path;
  private final Config config;
  private final ConfigOrigin origin;

  /**
   * @param path what messages call the block
   * @param origin the place of the block, for the problem of a key that the block lacks
   */
  SectionProblems(String path, Config config, ConfigOrigin origin) {
    this.path = path;
    this.config = config;
    this.origin = origin;
  }

  /** A problem at the place of {@code key} or, if the block lacks the key, of the block. */
  SettingsException at(String key, String message) {
    ConfigValue value = config.root().get(key);
    return new SettingsException(where(value == null ? origin : value.origin()) + ": " + message);
  }

  /**
   * @param known the keys that were read so far; another key of the block may be a misspelt one
   */
  SettingsException missing(String key, String expected, Set<String> known) {
    List<String> unread =
        config.root().keySet().stream().filter(other -> !known.contains(other)).toList();
    String hint =
        DidYouMean.to(key, unread).map(other -> "; is '" + other + "' meant to be it?").orElse("");
    return at(key, "'%s' lacks the key '%s' (expected: %s)%s".formatted(path, key, expected, hint));
  }

  SettingsException unexpectedValue(String key, String expected) {
    String given = config.root().get(key).render(CONCISE);
    String shown =
        given.length() <= LONGEST_SHOWN ? given : given.substring(0, LONGEST_SHOWN) + "…";
    return at(key, "'%s.%s' is %s (expected: %s)".formatted(path, key, shown, expected));
  }

  /** The problem of a secret, whose value no message may show. */
  SettingsException notAString(String key) {
    return at(key, "'%s.%s' is not a string (expected: a string)".formatted(path, key));
  }

  SettingsException unknownKey(String key, Set<String> known) {
    return at(
        key,
        "unknown key '%s.%s'%s (%s has: %s)"
            .formatted(path, key, DidYouMean.hint(key, known), path, String.join(", ", known)));
  }

  /** The file and the line, as far as they are known. */
  static String where(ConfigOrigin origin) {
    String file = origin.filename() == null ? origin.description() : origin.filename();
    return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() : file;
  }
}
