package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
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
 * One block of the settings. It remembers which keys were asked for, so that {@link #done} can
 * refuse the rest.
 */
public final class Section {
  private static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise();
  private static final Pattern PLAIN_NUMBER = Pattern.compile("\\s*[-+]?[0-9.]+\\s*");
  private static final int LONGEST_SHOWN = 60;
  private static final String NEVER = "never";

  private final String path;
  private final Config config;
  private final ConfigOrigin origin;
  // Without the defaults that were added.
  private final Config own;
  private final Set<String> known = new LinkedHashSet<>();

  Section(String path, Config config) {
    this(path, config, config.origin(), config);
  }

  private Section(String path, Config config, ConfigOrigin origin, Config own) {
    this.path = path;
    this.config = config;
    this.origin = origin;
    this.own = own;
  }

  /**
   * A block of settings that is not Troupe's own, for its owner to read.
   *
   * @param path what messages call it
   */
  public static Section of(String path, Config config) {
    return new Section(path, config);
  }

  /** Reads one whole block. */
  public static <T> T finish(Section section, Function<Section, T> read) {
    T result = read.apply(section);
    section.done();
    return result;
  }

  public Section section(String key) {
    return new Section(path + "." + key, raw(key));
  }

  /** The block as it is, for others to read. */
  Config raw(String key) {
    return value(key, "a block { … }", c -> c.getConfig(quoted(key)));
  }

  /**
   * The block as it is, for others to read. Its place is where it stands in this block or, if only
   * the defaults have it, the place of this block: there a key that it lacks belongs.
   */
  Config rawInPlace(String key) {
    ConfigValue given = own.root().get(key);
    return raw(key).root().withOrigin(given == null ? origin : given.origin()).toConfig();
  }

  /** This block, with {@code defaults} for the keys it lacks; its place stays its own. */
  public Section withFallback(Config defaults) {
    return new Section(path, config.withFallback(defaults), origin, own);
  }

  public Set<String> keys() {
    return config.root().keySet();
  }

  /** Whether the key, which need not be there, is. */
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
      throw missing(key, "a string");
    }
    try {
      return new Secret(config.getString(quoted(key)));
    } catch (ConfigException e) {
      throw problem(key, "'%s.%s' is not a string (expected: a string)".formatted(path, key));
    }
  }

  Path path(String key) {
    try {
      return Path.of(string(key));
    } catch (InvalidPathException e) {
      throw refused(key, "the path of a directory");
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
    // As a double, since Config cuts the fraction off without a word when asked for an int.
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

  /** A duration; it must have a unit, since a plain number would silently mean milliseconds. */
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

  /**
   * Ends the reading of this block.
   *
   * @throws SettingsException when it has a key nobody asked for
   */
  private void done() {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw problem(
            key,
            "unknown key '%s.%s'%s (%s has: %s)"
                .formatted(path, key, DidYouMean.hint(key, known), path, String.join(", ", known)));
      }
    }
  }

  /**
   * @throws SettingsException naming the place of {@code key}, unless {@code holds}
   */
  public void require(String key, boolean holds, String expected) {
    if (!holds) {
      throw refused(key, expected);
    }
  }

  /** What to throw about {@code key} or, if the block lacks it, about the block. */
  public SettingsException problem(String key, String message) {
    ConfigValue value = config.root().get(key);
    return new SettingsException(where(value == null ? origin : value.origin()) + ": " + message);
  }

  private <T> T value(String key, String expected, Function<Config, T> read) {
    if (!has(key)) {
      throw missing(key, expected);
    }
    try {
      return read.apply(config);
    } catch (ConfigException e) {
      throw refused(key, expected);
    }
  }

  private SettingsException missing(String key, String expected) {
    List<String> unread = keys().stream().filter(other -> !known.contains(other)).toList();
    String hint =
        DidYouMean.to(key, unread).map(other -> "; is '" + other + "' meant to be it?").orElse("");
    return problem(
        key, "'%s' lacks the key '%s' (expected: %s)%s".formatted(path, key, expected, hint));
  }

  private SettingsException refused(String key, String expected) {
    String given = config.root().get(key).render(CONCISE);
    String shown =
        given.length() <= LONGEST_SHOWN ? given : given.substring(0, LONGEST_SHOWN) + "…";
    return problem(key, "'%s.%s' is %s (expected: %s)".formatted(path, key, shown, expected));
  }

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
}
