package dev.troupe.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts and stops the cluster of a test class; see {@link TroupeCluster}. */
final class ClusterExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ClusterExtension.class);

  /** Closed by JUnit after the last test of the class, also when starting failed half way. */
  private record Held(RunningCluster cluster) implements AutoCloseable {
    @Override
    public void close() {
      cluster.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (context.getStore(NAMESPACE).get(Held.class) != null) {
      return; // a nested class, whose tests share the cluster
    }
    TroupeInstallation installation =
        TroupeInstallation.find(
            System.getProperties(), System.getenv(), Path.of("").toAbsolutePath());
    TroupeCluster wanted =
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), TroupeCluster.class)
            .orElseThrow(() -> new IllegalStateException("no @TroupeCluster on the test class"));
    RunningCluster cluster =
        RunningCluster.start(
            ClusterHome.create(Path.of("").toAbsolutePath(), wanted),
            installation,
            context.getRequiredTestClass().getSimpleName());
    context.getStore(NAMESPACE).put(Held.class, new Held(cluster));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    cluster(context).awaitWhole();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      cluster(context).keepLogs();
    }
  }

  private static RunningCluster cluster(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Held.class, Held.class).cluster();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningCluster.class;
  }

  @Override
  public RunningCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cluster(context);
  }
}
