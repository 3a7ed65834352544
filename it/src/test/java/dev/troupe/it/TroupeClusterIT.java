package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.RunningCluster;
import dev.troupe.testkit.TroupeCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The test kit's cluster, as a project of a service uses it. */
@TroupeCluster(
    settings =
        """
        troupe.services.GreeterService {
          class = "dev.troupe.examples.greeter.GreeterService"
          settings { salutation = "Hello" }
        }
        """,
    jars = "../examples/greeter/target/greeter-0.1.0-SNAPSHOT.jar")
final class TroupeClusterIT {
  @Test
  void whatWasWrittenSurvivesAKill(RunningCluster cluster) {
    cluster.post("/greetings", Map.of("name", "Ada")).expect(201);

    cluster.kill("GreeterService-1").awaitWhole();

    assertThat(cluster.get("/greetings/Ada").expect(200).json().at("/times").asInt()).isOne();
  }

  @Test
  void aSlotThatDoesNotExistIsNamedWithThoseThatDo(RunningCluster cluster) {
    assertThatThrownBy(() -> cluster.kill("Greeter-1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no slot Greeter-1 (slots: ")
        .hasMessageContaining("GreeterService-1");
  }
}
