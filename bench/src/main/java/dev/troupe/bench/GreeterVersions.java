package dev.troupe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Two versions of a service of one's own, for a cluster that changes between them. */
final class GreeterVersions {
  /** The settings of the service. */
  static final String SETTINGS =
      """
      troupe.services.GreeterService {
        class = "dev.troupe.examples.greeter.GreeterService"
        instances = 2
        settings.salutation = "Hello"
      }
      """;

  private static final String SERVICE = "GreeterService";
  private static final int LEAST_CHANGES = 10;

  private final Path greeter;
  private final Path other;

  /**
   * @param home where jars may be put
   */
  GreeterVersions(Path checkout, Path home) {
    try {
      this.greeter = built(checkout.resolve("examples/greeter/target"));
      this.other = home.resolve("another-build.jar");
      try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(other))) {
        jar.putNextEntry(new JarEntry("META-INF/another-build"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path built(Path target) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "greeter-*.jar")) {
      for (Path jar : jars) {
        if (!jar.toString().endsWith("-sources.jar")) {
          return jar;
        }
      }
    }
    throw new IOException("no jar in %s (expected: a build of the examples)".formatted(target));
  }

  void deployFirst(ClusterUnderTest product) {
    product.troupe("deploy", SERVICE, greeter.toString());
  }

  /** Deploys the other version and goes back, again and again. */
  void change(ClusterUnderTest product, Load load, long fullLoad) {
    int changes = 0;
    do {
      product.troupe("deploy", SERVICE, greeter.toString(), other.toString());
      product.troupe("rollback", SERVICE);
      changes += 2;
    } while (changes < LEAST_CHANGES || load.sent() < fullLoad);
  }
}
