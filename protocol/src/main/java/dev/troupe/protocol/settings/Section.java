package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * One block of the settings. It remembers which keys were asked for, so that {@link #done} can
 * refuse the rest.
 */
final class Section {
  private final String path;
  private final Config config;
  private final Set<String> known = new LinkedHashSet<>();

  Section(String path, Config config) {
    this.path = path;
    this.config = config;
  }

  Section section(String key) {
    return value(
        key, "a block { … }", c -> new Section(path + "." + key, c.getConfig(quoted(key))));
  }

  /** The block as it is, for others to read. */
  Config raw(String key) {
    return value(key, "a block { … }", c -> c.getConfig(quoted(key)));
  }

  /** This block, with {@code defaults} for the keys it lacks. */
  Section withFallback(Config defaults) {
    return new Section(path, config.withFallback(defaults));
  }

  Set<String> keys() {
    return config.root().keySet();
  }

  String string(String key) {
    return value(key, "a string", c -> c.getString(quoted(key)));
  }

  List<String> strings(String key) {
    return value(key, "a list of strings", c -> c.getStringList(quoted(key)));
  }

  boolean flag(String key) {
    return value(key, "true or false", c -> c.getBoolean(quoted(key)));
  }

  int integer(String key, int min, int max) {
    String expected = "an integer from %d to %d".formatted(min, max);
    int number = value(key, expected, c -> c.getInt(quoted(key)));
    require(key, number >= min && number <= max, expected);
    return number;
  }

  double number(String key, double min, double max) {
    String expected = "a number from %s to %s".formatted(min, max);
    double number = value(key, expected, c -> c.getDouble(quoted(key)));
    require(key, number >= min && number <= max, expected);
    return number;
  }

  Duration duration(String key, Duration min, Duration max) {
    String expected = "a duration from %s to %s".formatted(text(min), text(max));
    Duration duration = value(key, expected, c -> c.getDuration(quoted(key)));
    require(key, duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0, expected);
    return duration;
  }

  long bytes(String key, long min, long max) {
    String expected = "a size from %s to %s".formatted(sizeText(min), sizeText(max));
    long bytes = value(key, expected, c -> c.getBytes(quoted(key)));
    require(key, bytes >= min && bytes <= max, expected);
    return bytes;
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(value -> label(value.name())).toList();
    String expected = "one of " + String.join(", ", names);
    String given = string(key);
    require(key, names.contains(label(given)), expected);
    return Enum.valueOf(type, given.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Ends the reading of this block.
   *
   * @throws SettingsException when it has a key nobody asked for
   */
  void done() {
    for (String key : config.root().keySet()) {
      if (!known.contains(key)) {
        ConfigOrigin origin = config.root().get(key).origin();
        throw new SettingsException(
            "%s: unknown key '%s'. Did you mean '%s'? (%s knows: %s)"
                .formatted(
                    where(origin),
                    path + "." + key,
                    Nearest.to(key, known),
                    path,
                    String.join(", ", known)));
      }
    }
  }

  /**
   * @throws SettingsException naming the place of {@code key}, unless {@code holds}
   */
  void require(String key, boolean holds, String expected) {
    if (!holds) {
      throw refused(key, expected);
    }
  }

  private <T> T value(String key, String expected, Function<Config, T> read) {
    known.add(key);
    try {
      return read.apply(config);
    } catch (ConfigException.Missing e) {
      throw new SettingsException(
          "%s: '%s.%s' is missing (expected: %s)"
              .formatted(where(config.origin()), path, key, expected));
    } catch (ConfigException e) {
      throw refused(key, expected);
    }
  }

  private SettingsException refused(String key, String expected) {
    ConfigValue value = config.root().get(key);
    return new SettingsException(
        "%s: '%s.%s' is %s (expected: %s)"
            .formatted(where(value.origin()), path, key, value.render(CONCISE), expected));
  }

  private static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise();

  static String where(ConfigOrigin origin) {
    String file = origin.filename() == null ? origin.description() : origin.filename();
    return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() : file;
  }

  private static String quoted(String key) {
    return ConfigUtil.quoteString(key);
  }

  private static String label(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static String sizeText(long bytes) {
    if (bytes >= 1L << 20 && bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % 1024 == 0 && bytes > 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }
}
