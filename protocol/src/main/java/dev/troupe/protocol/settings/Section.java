package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one block of the settings, each with its type and its bounds. It remembers
 * which keys were read, so that {@link #finish} can refuse a key that nobody reads.
 *
 * <p>Every method that reads a value throws {@link SettingsException} if the key is missing or its
 * value is not as expected.
 */
public final class Section {
  private static final Pattern PLAIN_NUMBER = Pattern.compile("\\s*[-+]?[0-9.]+\\s*");
  private static final String NEVER = "never";

  private final String path;
  private final Config config;
  private final ConfigOrigin origin;
  // Without the defaults that withFallback has added.
  private final Config own;
  private final SectionProblems problems;
  private final Set<String> known = new LinkedHashSet<>();

  Section(String path, Config config) {
    this(path, config, config.origin(), config);
  }

  private Section(String path, Config config, ConfigOrigin origin, Config own) {
    this.path = path;
    this.config = config;
    this.origin = origin;
    this.own = own;
    this.problems = new SectionProblems(path, config, origin);
  }

  /**
   * A block that a service reads itself.
   *
   * @param path what messages call the block
   */
  public static Section of(String path, Config config) {
    return new Section(path, config);
  }

  /**
   * Reads one whole block.
   *
   * @throws SettingsException when the block has a key that {@code read} has not read
   */
  public static <T> T finish(Section section, Function<Section, T> read) {
    T result = read.apply(section);
    section.refuseUnreadKeys();
    return result;
  }

  public Section section(String key) {
    return new Section(path + "." + key, raw(key));
  }

  /** The block under {@code key}, not read yet. */
  Config raw(String key) {
    return value(key, "a block { … }", c -> c.getConfig(quoted(key)));
  }

  /**
   * The block under {@code key}, not read yet. Messages about a key that it lacks name the place of
   * the block in the user's file or, if only the defaults have the block, the place of this one.
   */
  Config rawInPlace(String key) {
    ConfigValue given = own.root().get(key);
    return raw(key).root().withOrigin(given == null ? origin : given.origin()).toConfig();
  }

  /** This block with {@code defaults} for the keys it lacks; messages name the place of this. */
  public Section withFallback(Config defaults) {
    return new Section(path, config.withFallback(defaults), origin, own);
  }

  public Set<String> keys() {
    return config.root().keySet();
  }

  /** Whether the value of this key is a block. */
  boolean isBlock(String key) {
    return config.root().get(key) instanceof ConfigObject;
  }

  /** Whether the block has this optional key. */
  public boolean has(String key) {
    known.add(key);
    return config.root().containsKey(key);
  }

  public String string(String key) {
    String expected = "a string that is not blank";
    String string = value(key, expected, c -> c.getString(quoted(key)));
    require(key, !string.isBlank(), expected);
    return string;
  }

  /** A string that may be blank; no message ever shows it. */
  public Secret secret(String key) {
    if (!has(key)) {
      throw problems.missing(key, "a string", known);
    }
    try {
      return new Secret(config.getString(quoted(key)));
    } catch (ConfigException e) {
      throw problems.notAString(key);
    }
  }

  Path path(String key) {
    try {
      return Path.of(string(key));
    } catch (InvalidPathException e) {
      throw problems.unexpectedValue(key, "the path of a directory");
    }
  }

  List<String> strings(String key) {
    return value(key, "a list of strings, like [\"a\", \"b\"]", c -> c.getStringList(quoted(key)));
  }

  public boolean flag(String key) {
    return value(key, "true or false", c -> c.getBoolean(quoted(key)));
  }

  public int integer(String key, int min, int max) {
    String expected = "an integer from %d to %d".formatted(min, max);
    // Read as a double, since Config.getInt would silently cut off a fraction.
    double number = value(key, expected, c -> c.getDouble(quoted(key)));
    require(key, number >= min && number <= max && number == Math.rint(number), expected);
    return (int) number;
  }

  public double number(String key, double min, double max) {
    String expected = "a number from %s to %s".formatted(min, max);
    double number = value(key, expected, c -> c.getDouble(quoted(key)));
    require(key, number >= min && number <= max, expected);
    return number;
  }

  /** A duration with its unit: Config would silently take a plain number for milliseconds. */
  public Duration duration(String key, Duration min, Duration max) {
    return duration(key, min, max, expectedDuration(min, max));
  }

  private static String expectedDuration(Duration min, Duration max) {
    return "a duration with its unit, from %s to %s".formatted(Units.text(min), Units.text(max));
  }

  private Duration duration(String key, Duration min, Duration max, String expected) {
    Duration duration = value(key, expected, c -> c.getDuration(quoted(key)));
    boolean hasUnit = !PLAIN_NUMBER.matcher(config.getString(quoted(key))).matches();
    require(key, hasUnit && duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0, expected);
    return duration;
  }

  /** A duration, or null for the word {@code never}. */
  public @Nullable Duration durationOrNever(String key, Duration min, Duration max) {
    boolean never = has(key) && NEVER.equals(value(key, NEVER, c -> c.getAnyRef(quoted(key))));
    return never ? null : duration(key, min, max, expectedDuration(min, max) + ", or never");
  }

  public long bytes(String key, long min, long max) {
    String expected = "a size from %s to %s".formatted(Units.text(min), Units.text(max));
    long bytes = value(key, expected, c -> c.getBytes(quoted(key)));
    require(key, bytes >= min && bytes <= max, expected);
    return bytes;
  }

  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(value -> label(value.name())).toList();
    String expected = "one of " + String.join(", ", names);
    String given = label(value(key, expected, c -> c.getString(quoted(key))));
    require(key, names.contains(given), expected);
    return Enum.valueOf(type, given.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private void refuseUnreadKeys() {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw problems.unknownKey(key, known);
      }
    }
  }

  /**
   * @throws SettingsException naming the place of {@code key}, unless {@code holds}
   */
  public void require(String key, boolean holds, String expected) {
    if (!holds) {
      throw problems.unexpectedValue(key, expected);
    }
  }

  /** An exception that names the place of {@code key} or, if the block lacks it, of the block. */
  public SettingsException problem(String key, String message) {
    return problems.at(key, message);
  }

  private <T> T value(String key, String expected, Function<Config, T> read) {
    if (!has(key)) {
      throw problems.missing(key, expected, known);
    }
    try {
      return read.apply(config);
    } catch (ConfigException e) {
      throw problems.unexpectedValue(key, expected);
    }
  }

  private static String quoted(String key) {
    return ConfigUtil.quoteString(key);
  }

  private static String label(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
