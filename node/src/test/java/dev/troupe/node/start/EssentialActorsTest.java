package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a node that loses a part of itself. */
final class EssentialActorsTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/user/registry",
        "/user/router",
        "/user/heartbeats",
        "/user/death-notices",
        "/user/pulses",
        "/system/endpoint"
      })
  void aNodeThatLosesAPartItCannotDoWithoutEndsWithAFailureCode(String actor) {
    try (TestNode node = TestNode.first(home, "")) {
      node.awaitReady("seed-1");

      // It throws in its next turn.
      Adapter.toClassic(node.system())
          .actorSelection(actor)
          .tell(Kill.getInstance(), ActorRef.noSender());

      node.awaitEnd();
      assertThat(CoordinatedShutdown.get(node.system()).getShutdownReason())
          .hasValueSatisfying(
              reason ->
                  assertThat(reason.getClass().getSimpleName()).isEqualTo("EssentialActorLost"));
    }
  }
}
