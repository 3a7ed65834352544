package dev.troupe.service.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a version of a service that does not know a migration works with the schema that
 * the migration left. The first comment lines of the file say so with {@code -- compatible} or
 * {@code -- incompatible}. Without such a line a migration is compatible if it only adds: tables,
 * views, indexes that are not unique, and columns that an {@code INSERT} may leave out.
 */
final class MigrationCompatibility {
  private static final Pattern MARK =
      Pattern.compile("--\\s*(compatible|incompatible)\\b.*", Pattern.CASE_INSENSITIVE);
  // In this order a quote in a comment begins no string, and a dash in a string no comment.
  private static final Pattern COMMENT_OR_STRING =
      Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");
  private static final Pattern ADDITION =
      Pattern.compile(
          "CREATE (TABLE|VIEW|INDEX)\\b.*"
              + "|ALTER TABLE (IF EXISTS )?\\S+ ADD (COLUMN )?(?!CONSTRAINT\\b).*");
  private static final Pattern ADDED_COLUMN = Pattern.compile("ALTER TABLE .*");
  // What an INSERT of an older version could violate.
  private static final Pattern DEMAND =
      Pattern.compile(".*\\b(UNIQUE|CHECK|REFERENCES|PRIMARY|FOREIGN|GENERATED)\\b.*");
  private static final Pattern SEVERAL_CHANGES = Pattern.compile("[^(,]*(\\([^)]*\\)[^(,]*)*,.*");
  private static final Pattern NOT_NULL = Pattern.compile(".*\\bNOT NULL\\b.*");
  private static final Pattern DEFAULT = Pattern.compile(".*\\bDEFAULT\\b.*");

  private MigrationCompatibility() {}

  /**
   * @param sql the whole file
   */
  static boolean isCompatible(String sql) {
    return mark(sql).orElseGet(() -> onlyAdds(sql));
  }

  private static Optional<Boolean> mark(String sql) {
    return sql.lines()
        .map(String::strip)
        .takeWhile(line -> line.isEmpty() || line.startsWith("--"))
        .map(MARK::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1).equalsIgnoreCase("compatible"))
        .findFirst();
  }

  private static boolean onlyAdds(String sql) {
    String bare =
        COMMENT_OR_STRING
            .matcher(sql)
            .replaceAll(
                found -> found.group().startsWith("-") || found.group().startsWith("/") ? " " : "x")
            .replaceAll("\\s+", " ")
            .toUpperCase(Locale.ROOT);
    return Arrays.stream(bare.split(";"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .allMatch(MigrationCompatibility::adds);
  }

  private static boolean adds(String statement) {
    if (!ADDITION.matcher(statement).matches()) {
      return false;
    }
    if (!ADDED_COLUMN.matcher(statement).matches()) {
      return true;
    }
    boolean demandsValue =
        NOT_NULL.matcher(statement).matches() && !DEFAULT.matcher(statement).matches();
    return !demandsValue
        && !DEMAND.matcher(statement).matches()
        && !SEVERAL_CHANGES.matcher(statement).matches();
  }
}
