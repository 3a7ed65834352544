package dev.troupe.cli.project;

import dev.troupe.protocol.NodeNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The names in the project of a service.
 *
 * @param service the name of the service and of its class
 * @param packageName the Java package, and the group id of the project
 * @param artifact the artifact id, like {@code inventory-service}
 * @param subject what the service is about, like {@code inventory}: its path and the directory of
 *     its migrations
 */
record ProjectNames(String service, String packageName, String artifact, String subject) {
  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");
  // Class files of a package are in a directory for each part, whose name has a limit.
  private static final int LONGEST_PACKAGE = 200;

  private static final Set<String> SHIPPED =
      Set.of("UserService", "OrderService", "NotificationService");
  // The first parts of the paths that Troupe itself serves.
  private static final Set<String> TAKEN_PATHS =
      Set.of("users", "orders", "notifications", "services", "cluster", "health");
  private static final Set<String> PACKAGES_OF_JAVA = Set.of("java", "javax", "jdk", "sun");

  /**
   * @param givenPackage null for one below {@code com.example}
   * @throws IllegalArgumentException when one of the names cannot be used; the message says why
   */
  static ProjectNames of(String service, @Nullable String givenPackage) {
    checkService(service);
    String words = service.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-');
    String artifact = words.toLowerCase(Locale.ROOT);
    String subject = artifact.replaceFirst("-service$", "");
    require(
        !TAKEN_PATHS.contains(subject),
        """
        NAME: %s (expected: another name, since its path /%s belongs to Troupe or to one of the \
        services that Troupe comes with)\
        """
            .formatted(service, subject));
    String packageName = givenPackage == null ? packageOf(subject) : givenPackage;
    checkPackage(packageName);
    return new ProjectNames(service, packageName, artifact, subject);
  }

  private static void checkService(String service) {
    require(
        NodeNames.SERVICE.matcher(service).matches(),
        "NAME: '%s' (expected: a letter, then up to 63 of [A-Za-z0-9_], like InventoryService)"
            .formatted(service));
    require(
        Character.isUpperCase(service.charAt(0)),
        "NAME: %s (expected: an upper-case letter first, as in %s, since a class gets this name)"
            .formatted(
                service, service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1)));
    require(
        !SHIPPED.contains(service),
        "NAME: %s (expected: another name, since Troupe comes with a service of this name)"
            .formatted(service));
    require(
        !isTaken(service),
        """
        NAME: %1$s (expected: another name, like %1$sService, since the sources of the service use \
        a type of this name)\
        """
            .formatted(service));
  }

  /** Whether the sources of the service see another type of this name. */
  static boolean isTaken(String type) {
    return isUsedIn("java.lang", type)
        || isUsedIn("dev.troupe.protocol.service", type)
        || isUsedIn("jakarta.validation.constraints", type)
        || ProjectTemplate.TYPES.contains(type);
  }

  private static boolean isUsedIn(String packageName, String type) {
    String file = "/" + packageName.replace('.', '/') + "/" + type + ".class";
    return ProjectNames.class.getResource(file) != null;
  }

  private static String packageOf(String subject) {
    String last = subject.replace("-", "");
    return "com.example." + (SourceVersion.isKeyword(last) ? last + "service" : last);
  }

  private static void checkPackage(String packageName) {
    require(
        packageName.length() <= LONGEST_PACKAGE && PACKAGE.matcher(packageName).matches(),
        """
        --package: '%s' (expected: words of [a-z0-9_] with dots between them, at most %d \
        characters, like com.example.inventory)\
        """
            .formatted(packageName, LONGEST_PACKAGE));
    List<String> words = List.of(packageName.split("\\.", -1));
    for (String word : words) {
      require(
          SourceVersion.isIdentifier(word) && !SourceVersion.isKeyword(word),
          "--package: %s (expected: words that Java allows as names; '%s' is none)"
              .formatted(packageName, word));
    }
    require(
        !PACKAGES_OF_JAVA.contains(words.get(0)) && !packageName.startsWith("dev.troupe"),
        "--package: %s (expected: a package of your own, and not one of Java or Troupe)"
            .formatted(packageName));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
