package dev.troupe.node.start;

import dev.troupe.node.TestKits;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class JoinTimeoutTest {
  private static final ActorTestKit KIT = TestKits.manualTime();

  private final ManualTime time = ManualTime.get(KIT.system());
  private final TestProbe<String> node = KIT.createTestProbe();
  private final ActorRef<JoinTimeout.Command> waiting = spawn(null);

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aNodeThatNobodyLetsInSaysSoAfterAWhileAndAgain() {
    time.timePasses(JoinTimeout.INTERVAL.minusSeconds(1));

    warnings(1).expect(KIT.system(), () -> passes(2));
    warnings(2).expect(KIT.system(), () -> passes(2 * JoinTimeout.INTERVAL.toSeconds()));
    KIT.stop(waiting);
  }

  @Test
  void aNodeThatHasJoinedSaysNothing() {
    waiting.tell(JoinTimeout.Command.JOINED);
    KIT.createTestProbe().expectTerminated(waiting);

    warnings(0).expect(KIT.system(), () -> passes(3 * JoinTimeout.INTERVAL.toSeconds()));
  }

  @Test
  void aNodeThatNobodyLetsInGivesUpAtTheEndOfItsTime() {
    ActorRef<JoinTimeout.Command> limited = spawn(Duration.ofSeconds(20));

    time.timePasses(Duration.ofSeconds(19));
    node.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofSeconds(2));

    node.expectMessage("given up");
    node.expectTerminated(limited);
    KIT.stop(waiting);
  }

  @Test
  void aSeedNodeWaitsForEver() {
    time.timePasses(Duration.ofHours(1));

    node.expectNoMessage(Duration.ZERO);
    KIT.stop(waiting);
  }

  private ActorRef<JoinTimeout.Command> spawn(@Nullable Duration limit) {
    return KIT.spawn(JoinTimeout.create("Echo-1", limit, () -> node.getRef().tell("given up")));
  }

  private static LoggingTestKit warnings(int count) {
    return LoggingTestKit.warn("[Echo-1] no cluster has let this node in").withOccurrences(count);
  }

  private Void passes(long seconds) {
    time.timePasses(Duration.ofSeconds(seconds));
    return null;
  }
}
