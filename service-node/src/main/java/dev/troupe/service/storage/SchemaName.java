package dev.troupe.service.storage;

import java.util.Locale;

/** The name of a service's schema in PostgreSQL, like {@code user_service}. */
final class SchemaName {
  private static final int LONGEST = 63;

  private SchemaName() {}

  /**
   * @throws UnusableStorageException when PostgreSQL does not accept the name
   */
  static String of(String service) throws UnusableStorageException {
    String name =
        service
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
            .toLowerCase(Locale.ROOT);
    if (name.length() > LONGEST || name.startsWith("pg_")) {
      throw new UnusableStorageException(
          ("%s cannot have its schema in PostgreSQL, since that would be named '%s' (expected: up"
                  + " to %d characters that do not begin with pg_). Give the service another name")
              .formatted(service, name, LONGEST));
    }
    return name;
  }
}
