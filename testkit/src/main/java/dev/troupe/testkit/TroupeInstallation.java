package dev.troupe.testkit;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The Troupe that starts the clusters of tests: an unpacked distribution or a checkout.
 *
 * @param root the directory that has {@code bin/troupe}
 */
record TroupeInstallation(Path root) {
  static final String PROPERTY = "troupe.root";
  static final String VARIABLE = "TROUPE_ROOT";
  // What the project resolves the API from; Maven passes it on to the JVM of the tests.
  static final String REPOSITORY = "troupe.repository";

  /**
   * Finds it by the system property {@code troupe.root}, the environment variable {@code
   * TROUPE_ROOT}, the repository that the project resolves Troupe's API from, and in the parents of
   * the working directory, in this order.
   *
   * @throws IllegalStateException when there is none, with the places where it was looked for
   */
  static TroupeInstallation find(
      Properties properties, Map<String, String> environment, Path directory) {
    List<String> looked = new ArrayList<>();
    String property = properties.getProperty(PROPERTY);
    String variable = environment.get(VARIABLE);
    if (property != null) {
      return given("system property " + PROPERTY, property);
    }
    if (variable != null && !variable.isBlank()) {
      return given("environment variable " + VARIABLE, variable);
    }
    Path repository = path(properties.getProperty(REPOSITORY));
    if (repository != null) {
      Path above = above(repository);
      if (above != null) {
        return new TroupeInstallation(above);
      }
      looked.add("the parents of " + repository + " (" + REPOSITORY + ")");
    }
    Path above = above(directory);
    if (above != null) {
      return new TroupeInstallation(above);
    }
    looked.add("the parents of " + directory);
    throw new IllegalStateException(
        ("there is no Troupe to start a cluster with: no bin/troupe in %s. Set the environment"
                + " variable %s, or the system property %s, to the directory of a distribution or"
                + " of a checkout")
            .formatted(String.join(", nor in ", looked), VARIABLE, PROPERTY));
  }

  private static TroupeInstallation given(String source, String value) {
    Path root = Path.of(value).toAbsolutePath().normalize();
    if (!isIn(root)) {
      throw new IllegalStateException(
          "%s is %s, and there is no bin/troupe (expected: the directory of a distribution or of a checkout of Troupe)"
              .formatted(source, root));
    }
    return new TroupeInstallation(root);
  }

  private static @Nullable Path path(@Nullable String url) {
    // Path.of(URI) would refuse letters beyond ASCII that are not escaped.
    return url != null && url.startsWith("file:") ? Path.of(URI.create(url).getPath()) : null;
  }

  private static @Nullable Path above(Path directory) {
    for (Path next = directory.toAbsolutePath(); next != null; next = next.getParent()) {
      if (isIn(next)) {
        return next;
      }
    }
    return null;
  }

  private static boolean isIn(Path directory) {
    return Files.isExecutable(directory.resolve("bin").resolve("troupe"));
  }

  Path script() {
    return root.resolve("bin").resolve("troupe");
  }
}
