package dev.troupe.node.start;

import dev.troupe.node.TestKits;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class JoinWarningTest {
  private static final ActorTestKit KIT = TestKits.manualTime();

  private final ManualTime time = ManualTime.get(KIT.system());
  private final ActorRef<JoinWarning.Command> notice = KIT.spawn(JoinWarning.create("Echo-1"));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aNodeThatNobodyLetsInSaysSoAfterAWhileAndAgain() {
    time.timePasses(JoinWarning.INTERVAL.minusSeconds(1));

    warnings(1).expect(KIT.system(), () -> passes(2));
    warnings(2).expect(KIT.system(), () -> passes(2 * JoinWarning.INTERVAL.toSeconds()));
    KIT.stop(notice);
  }

  @Test
  void aNodeThatHasJoinedSaysNothing() {
    notice.tell(JoinWarning.Command.JOINED);
    KIT.createTestProbe().expectTerminated(notice);

    warnings(0).expect(KIT.system(), () -> passes(3 * JoinWarning.INTERVAL.toSeconds()));
  }

  private static LoggingTestKit warnings(int count) {
    return LoggingTestKit.warn("[Echo-1] no cluster has let this node in").withOccurrences(count);
  }

  private Void passes(long seconds) {
    time.timePasses(Duration.ofSeconds(seconds));
    return null;
  }
}
