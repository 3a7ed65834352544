package dev.troupe.protocol.settings;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Levels of loggers that differ from {@code logs.level}.
 *
 * @param byName by the name of a package, for all its classes, or of a class; each a {@link
 *     LogLevel}
 */
public record LogLevels(Map<String, LogLevel> byName) {
  public static final LogLevels NONE = new LogLevels(Map.of());

  private static final String KEY = "levels";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");
  private static final String ROOT = "root";

  public LogLevels {
    byName = Map.copyOf(byName);
  }

  /** Reads the key {@code levels} of a block {@code logs}. */
  static LogLevels read(Section logs) {
    Map<String, LogLevel> levels = new TreeMap<>();
    collect("", logs.section(KEY), levels);
    return new LogLevels(levels);
  }

  // Without quotes, com.acme = DEBUG is a block com with the key acme.
  private static void collect(String prefix, Section block, Map<String, LogLevel> levels) {
    for (String key : block.keys()) {
      String name = prefix + key;
      if (block.isBlock(key)) {
        collect(name + ".", block.section(key), levels);
        continue;
      }
      if (name.equalsIgnoreCase(ROOT)) {
        throw block.problem(
            key, "the level of all loggers is troupe.logs.level (expected: a name of a package)");
      }
      if (!NAME.matcher(name).matches()) {
        throw block.problem(
            key,
            "'%s' is not the name of a package or a class (expected for example: \"com.acme\" ="
                    .formatted(name)
                + " DEBUG)");
      }
      levels.put(name, block.choice(key, LogLevel.class));
    }
  }

  /** These levels, and those of {@code more}, which go before these. */
  public LogLevels with(LogLevels more) {
    Map<String, LogLevel> all = new TreeMap<>(byName);
    all.putAll(more.byName);
    return new LogLevels(all);
  }

  /** Whether a level was given to the logger or to a package that it is in. */
  public boolean cover(String logger) {
    return byName.keySet().stream()
        .anyMatch(name -> logger.equals(name) || logger.startsWith(name + "."));
  }
}
