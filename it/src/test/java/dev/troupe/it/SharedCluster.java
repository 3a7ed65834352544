package dev.troupe.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one cluster that is started once for all of them: the three reference services and
 * the greeter. Each finds it whole, whatever the one before it has killed.
 */
final class SharedCluster implements ParameterResolver {
  private static final String SETTINGS =
      Cluster.THREE_SERVICES
          + """
          # A test asserts that a request is answered, not how fast this machine is.
          troupe.gateway { request-timeout = 40s, waiting-room.timeout = 40s }
          # Each kill is the first one, or the tests would share one budget.
          troupe.restart { max-restarts = 100, ready-reset = 1s }
          troupe.services.GreeterService {
            class = "dev.troupe.examples.greeter.GreeterService"
            settings { salutation = "Hello" }
          }
          """;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Cluster cluster =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedCluster.class))
            .getOrComputeIfAbsent("cluster", key -> new Started(), Started.class)
            .cluster;
    cluster.awaitWhole();
    return cluster;
  }

  private static final class Started implements AutoCloseable {
    private final Cluster cluster;

    Started() {
      try {
        Path home = Files.createTempDirectory("troupe-it");
        Files.createDirectories(home.resolve("services"));
        Path greeter = Path.of(System.getProperty("troupe.greeter"));
        Files.copy(greeter, home.resolve("services").resolve(greeter.getFileName()));
        cluster = Cluster.start(home, SETTINGS);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      cluster.close();
      try (Stream<Path> files = Files.walk(cluster.home())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
