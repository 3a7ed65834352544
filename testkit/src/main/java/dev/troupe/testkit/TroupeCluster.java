package dev.troupe.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a cluster of real processes: a seed node, a gateway and the services,
 * on free ports of the loopback, in a temporary home. It is started once for the class, is whole
 * before each test, whatever the test before has killed, and is stopped after the last one.
 *
 * <pre>{@code
 * @TroupeCluster(settings = "troupe.services.StockService { class = com.example.StockService }")
 * class StockServiceIT {
 *   @Test
 *   void itemsSurviveAKill(RunningCluster cluster) {
 *     cluster.post("/items", "{\"item_id\": \"b\"}").expect(201);
 *     cluster.kill("StockService-1").awaitWhole();
 *     cluster.get("/items/b").expect(200);
 *   }
 * }
 * }</pre>
 *
 * <p>The tests need Troupe itself, which they find by the system property {@code troupe.root}, the
 * environment variable {@code TROUPE_ROOT}, the repository that the project resolves Troupe from,
 * or in the parents of the working directory. The logs of a cluster whose tests failed are in
 * {@code target/troupe-logs}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ClusterExtension.class)
public @interface TroupeCluster {
  /** The settings file of the cluster, from the directory of the project; none if it is empty. */
  String file() default "";

  /** More settings, above those of {@link #file}, as in {@code application.conf}. */
  String settings() default "";

  /**
   * The jars of the services, from the directory of the project. Without any, it is the jar that
   * Maven made of the project, or a jar of {@code target/classes} if those are newer.
   */
  String[] jars() default {};
}
